-- What each post says of itself (`own`), of the post above it (`parent`) and of those below it
-- (`child`). Which of these statements count is computed from this post outward (`Posts`), so that
-- nobody becomes known here by naming itself. Reads: every import and export, /postes, /echanges.
create table if not exists post (
    by_post text not null,
    post_id text not null,
    relation text not null check (relation in ('own', 'parent', 'child')),
    name text not null,
    level text not null,
    territory text not null,
    public_key bytea not null,
    receive_key bytea not null,
    since_millis bigint not null,
    primary key (by_post, post_id)
);

-- A package that a post made. Reads: /echanges, the number of the next one.
create table if not exists package (
    from_post text not null,
    to_post text not null,
    number bigint not null,
    made_millis bigint not null,
    entries bigint not null,
    bytes bigint not null,
    hash text not null,
    person text not null,
    life text not null,
    primary key (from_post, to_post, life, number)
);

-- How far each chain went in the packages made for a post. Reads: what is not sent yet.
create table if not exists package_sent (
    from_post text not null,
    to_post text not null,
    stream_id text not null,
    length bigint not null,
    primary key (from_post, to_post, stream_id)
);

-- A package that its receiver took in: the receipt. Reads: /echanges.
create table if not exists package_receipt (
    from_post text not null,
    to_post text not null,
    number bigint not null,
    accepted_millis bigint not null,
    entries bigint not null,
    hash text not null,
    person text not null,
    life text not null,
    primary key (from_post, to_post, life, number)
);

-- How far a post holds each chain in one of its lives, and who says so: itself by a receipt or at
-- the beginning of that life, or the one that took a package from it. An empty life is that of an
-- earlier program. Reads: what a package for that post need not hold.
create table if not exists package_holding (
    post_id text not null,
    life text not null,
    by_post text not null,
    stream_id text not null,
    length bigint not null,
    primary key (post_id, life, by_post, stream_id)
);

-- A life of a post, and one that was before it or beside it. What a post held in a life that is
-- earlier than another counts no more: its base was lost. Reads: every import and export.
create table if not exists post_life (
    post_id text not null,
    life text not null,
    earlier text not null,
    primary key (post_id, life, earlier)
);
