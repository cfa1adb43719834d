
-- Support that communes ask of their centre. Every row is named by the short hash of its entry, so
-- that the tables are the same whatever the order in which a post learned them. `content` is the
-- entry's payload. Written only by the fold.
create table if not exists support_request (
    mark text not null primary key,
    commune text not null,
    asked_on text not null,
    content bytea not null,
    person text not null
);

create index if not exists support_request_by_commune on support_request (commune, asked_on);

-- What became of a request: `kind` is `assigned` or `closed`; the highest number counts.
create table if not exists support_step (
    mark text not null primary key,
    request text not null,
    number bigint not null,
    kind text not null,
    content bytea not null,
    person text not null
);

create index if not exists support_step_by_request on support_step (request, number);
