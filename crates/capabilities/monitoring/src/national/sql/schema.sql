-- Results that the nation published, as they came down to this post: the last of a place and a
-- quarter. Written only by the fold of monitoring.results-published.
create table if not exists published_result (
    nation text not null,
    place text not null,
    quarter text not null,
    day text not null,
    arrival bigint not null,
    content bytea not null,
    primary key (nation, place, quarter)
);
