-- Values of other services, kept as sources of their own, and what was decided about the gaps.
-- Written only by the fold of the entries of kind crosscheck.*.

-- A source as its entry carries it, values included: a comparison reads one row.
create table if not exists other_source (
    id text not null primary key,
    place text not null,
    hash text not null,
    arrival bigint not null,
    office text not null,
    content bytea not null
);

-- How a source is read, by its name without year. Reads: the import of the next year.
create table if not exists source_mapping (
    source_key text not null primary key,
    name text not null,
    content bytea not null
);

-- Each decision about a gap; a later one is one more row. It holds for the two figures seen.
create table if not exists gap_decision (
    source text not null,
    source_name text not null,
    unit text not null,
    period text not null,
    target text not null,
    arrival bigint not null,
    decision text not null,
    reason text not null,
    ours text not null,
    theirs text not null,
    office text not null,
    day text not null,
    primary key (source, unit, period, target, arrival)
);
