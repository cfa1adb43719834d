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

-- What a committee asks for: who is to do it, until when. Written only by the fold of
-- monitoring.recommendation-*. Reads: the syntheses and the page of recommendations.
create table if not exists recommendation (
    id text not null primary key,
    place text not null,
    quarter text not null,
    content bytea not null,
    arrival bigint not null,
    person text not null,
    office text not null
);

create index if not exists recommendation_by_place on recommendation (place, quarter);

-- What became of it, step by step; the last one counts.
create table if not exists recommendation_step (
    id text not null,
    arrival bigint not null,
    content bytea not null,
    person text not null,
    office text not null,
    primary key (id, arrival)
);
