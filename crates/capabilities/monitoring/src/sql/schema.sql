-- The returns: what is being typed at this post, what was filed, and how far each quarter is in
-- the circuit. Written only by the fold of the entries of kind monitoring.*.

-- A cell as it stands since the last filing of its unit: it comes before the filed value. An
-- absent value is a cell that was emptied. Reads: every page of entry, the closing of a quarter.
create table if not exists draft_value (
    unit text not null,
    period text not null,
    cell text not null,
    value text,
    comment text,
    source text,
    person text not null,
    at_millis bigint not null,
    post_id text not null,
    primary key (unit, period, cell)
);

-- Each filing of a unit for a quarter. What it holds is read from its entry, whole: a consolidation
-- reads one row for a return, not four hundred, and nothing is kept twice. A correction is one more
-- row; `arrival` names the entry and orders them.
create table if not exists filed_return (
    unit text not null,
    quarter text not null,
    arrival bigint not null,
    day text not null,
    person text not null,
    office text not null,
    entry_hash text not null,
    primary key (unit, quarter, arrival)
);

create index if not exists filed_return_by_quarter on filed_return (quarter, unit, arrival);
create index if not exists filed_return_by_arrival on filed_return (arrival);

-- Which entries correct cells of returns of a unit, many at once. Only what changes is in them; the
-- versions that they make are put together when returns are read.
create table if not exists filed_correction (
    unit text not null,
    arrival bigint not null,
    first_quarter text not null,
    last_quarter text not null,
    person text not null,
    office text not null,
    entry_hash text not null,
    primary key (unit, arrival)
);

create index if not exists filed_correction_by_arrival on filed_correction (arrival);

-- Why a figure that a rule doubts is maintained. It holds for the two values that were seen.
create table if not exists alert_answer (
    unit text not null,
    quarter text not null,
    rule text not null,
    reason text not null,
    left_side text not null,
    right_side text not null,
    office text not null,
    day text not null,
    primary key (unit, quarter, rule)
);

-- A cercle asks a commune to look again. It holds for the two values that were seen.
create table if not exists sent_back (
    unit text not null,
    quarter text not null,
    rule text not null,
    reason text not null,
    left_side text not null,
    right_side text not null,
    office text not null,
    day text not null,
    primary key (unit, quarter, rule)
);

-- A place passed a quarter on: closed (cercle), validated (region), published (nation). Done again
-- after a correction, it is one more row. `missing` holds codes between spaces, `covers` pairs
-- place=hash between spaces, `under` what it was put under, as JSON; empty in the marks of before.
create table if not exists quarter_state (
    place text not null,
    quarter text not null,
    state text not null,
    arrival bigint not null,
    day text not null,
    person text not null,
    office text not null,
    reason text not null,
    missing text not null,
    covers text not null,
    under text not null,
    entry_hash text not null,
    primary key (place, quarter, state, arrival)
);

create index if not exists quarter_state_by_arrival on quarter_state (arrival);
