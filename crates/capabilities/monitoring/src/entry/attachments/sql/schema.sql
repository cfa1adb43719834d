
-- A scan or a photograph that shows where figures come from. What it holds is read from its entry,
-- whose subject ends with its hash; nothing is kept twice. `cell` is empty for the whole form.
create table if not exists attachment (
    unit text not null,
    quarter text not null,
    form text not null,
    cell text not null,
    hash text not null,
    name text not null,
    kind text not null,
    size bigint not null,
    person text not null,
    at_millis bigint not null,
    primary key (unit, quarter, form, cell, hash)
);
