-- Secrets and sessions of this post. They are in no journal: a hash must be erasable, and nobody
-- else needs to know who sits at which screen.
create table if not exists credential (
    person_id text not null primary key,
    password_hash text not null,
    pin_hash text,
    pin_failures bigint not null,
    changed_millis bigint not null
);

-- `session_hash` is a hash: a stolen copy of the base opens no session. `device_hash` ties the
-- sessions of one shared PC, for the fast switch.
create table if not exists session (
    session_hash text not null primary key,
    device_hash text not null,
    person_id text not null,
    opened_millis bigint not null,
    seen_millis bigint not null,
    locked bigint not null
);
create index if not exists session_by_person on session (person_id);
create index if not exists session_by_device on session (device_hash);

-- Failed sign-ins, to slow guessing down by account. Survives a restart.
create table if not exists sign_in_failure (
    login text not null primary key,
    failures bigint not null,
    last_millis bigint not null
);
