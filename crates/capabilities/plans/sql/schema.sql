-- Plans de développement (PDSEC) of communes. Written only by the fold of the entries of kind
-- plans.*. Of two entries that say the same thing differently, the one of the higher `rank` holds,
-- whatever the order in which they came.

create table if not exists plans_plan (
    id text not null primary key,
    commune text not null,
    title text not null,
    first_year bigint not null,
    last_year bigint not null,
    revises text,
    invented bigint not null,
    rank text not null
);

create index if not exists plans_plan_by_commune on plans_plan (commune);
create index if not exists plans_plan_by_year on plans_plan (first_year, last_year);

-- By which deliberation a plan was adopted. Kept even if the plan has not come yet.
create table if not exists plans_adoption (
    plan text not null primary key,
    day text not null,
    number text not null,
    document text not null,
    hash text not null,
    rank text not null
);

-- One action of a plan. A line keeps its identifier from one version of a plan to the next, so that
-- its follow-up goes on. `years` are those planned, each with its cost if it is known:
-- '2024:1500000 2025:'. `funding` are codes between spaces. `removed` is 1 for a line struck out.
create table if not exists plans_line (
    plan text not null,
    line text not null,
    sector text not null,
    objective text not null,
    action text not null,
    village text,
    years text not null,
    cost bigint,
    funding text not null,
    priority bigint,
    owner text,
    removed bigint not null,
    rank text not null,
    primary key (plan, line)
);

-- What became of a line, step by step. `paid` is what was paid with this step, null if nothing was
-- said of it.
create table if not exists plans_step (
    mark text not null primary key,
    line text not null,
    state text not null,
    day text not null,
    reason text not null,
    paid bigint,
    funding text,
    office text not null,
    rank text not null
);

create index if not exists plans_step_by_line on plans_step (line, day);

-- Steps that were written by mistake.
create table if not exists plans_withdrawal (
    mark text not null primary key,
    reason text not null
);
