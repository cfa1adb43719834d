-- What people wrote for the report of a place and a quarter: the last version; the earlier ones
-- are in the journal. Written only by the fold of monitoring.highlights-written.
create table if not exists report_text (
    place text not null,
    quarter text not null,
    content bytea not null,
    person text not null,
    office text not null,
    arrival bigint not null,
    known_millis bigint not null,
    primary key (place, quarter)
);
