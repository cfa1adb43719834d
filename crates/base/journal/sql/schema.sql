-- The journal: what was decided and counted, in signed, chained entries. Every other table of the
-- product is a fold of it, except the settings of the post (keys, passwords, sessions).

-- Small facts about this post and this file. Reads: at every start.
create table if not exists setting (
    name text not null primary key,
    value text not null
);

-- A chain of one post, one audience and one place. `head` is the hash of its last entry.
create table if not exists stream (
    stream_id text not null primary key,
    post_id text not null,
    public_key bytea not null,
    incarnation text not null,
    audience text not null,
    scope text not null,
    length bigint not null,
    head bytea not null
);

-- `header` holds the signed bytes exactly as they were received; the columns beside it repeat what
-- searches need, and `verify` compares them. `payload` and `salt` hang outside the signed header
-- (which holds their hash), so that a person's data can be erased while the chain still verifies.
-- Long payloads lie compressed (zstd); their hash is that of the content itself.
-- `arrival` numbers the entries in the order in which this post learned them, and `seal` chains
-- that order with the time of learning, which no other post signs.
create table if not exists entry (
    stream_id text not null,
    seq bigint not null,
    arrival bigint not null,
    known_millis bigint not null,
    hash bytea not null,
    header bytea not null,
    signature bytea not null,
    salt bytea,
    payload bytea,
    kind text not null,
    subject text not null,
    at_millis bigint not null,
    seal bytea not null,
    primary key (stream_id, seq)
);

create unique index if not exists entry_by_arrival on entry (arrival);
create index if not exists entry_by_subject on entry (subject, arrival);
create index if not exists entry_by_kind on entry (kind, arrival);
