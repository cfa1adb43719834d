-- How a sender comes back to an observation, and can be reached. In no journal and in no copy: it
-- must be erasable, and concerns nobody else.
create table if not exists observation_private (
    id text not null primary key,
    code_hash text not null unique,
    contact text not null,
    kept_millis bigint not null
);
