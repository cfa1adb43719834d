-- What was said of each record, one row a revision. A revision named by another before it came has
-- a row that is not known yet. `replaced` is 1 once another names it.
create table if not exists trial_revision (
    revision_id text not null primary key,
    record text not null,
    scope text not null,
    audience text not null,
    kind text not null,
    value text not null,
    withdrawn bigint not null,
    at_millis bigint not null,
    known bigint not null,
    replaced bigint not null
);

-- The revisions of a record that stand beside one another: a person must decide.
create table if not exists trial_conflict (
    record text not null,
    revision_id text not null,
    primary key (record, revision_id)
);

-- How many entries were folded for each place, so that nothing is folded twice unseen.
create table if not exists trial_count (
    scope text not null,
    audience text not null,
    kind text not null,
    entries bigint not null,
    primary key (scope, audience, kind)
);
