-- Questions that people keep, each as it is now. Written only by the fold of monitoring.query-*.
-- Reads: the list of kept questions, the notes. A retired one stays, so that a late change of it
-- from another post does not bring it back.
create table if not exists kept_query (
    id text not null primary key,
    sharing text not null,
    place text not null,
    owner text not null,
    content bytea not null,
    retired bigint not null,
    arrival bigint not null,
    known_millis bigint not null
);
