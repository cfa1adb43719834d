-- What was done to each observation. The state is a function of these rows as a set.
create table observation_act (
    mark text not null primary key,
    id text not null,
    commune text not null,
    kind text not null,
    office text not null,
    reason text not null,
    payload text not null
);
create index observation_act_by_id on observation_act (id);

-- The state of each, computed again at each act. Reads: lists by commune and by state.
create table observation (
    id text not null primary key,
    commune text not null,
    state text not null,
    day text not null
);
create index observation_by_commune on observation (commune, state);
create index observation_by_state on observation (state, day);

-- Photographs, cleaned, by the hash of their bytes.
create table observation_photo (
    hash text not null primary key,
    kind text not null,
    bytes bytea not null
);
