
-- The circuit around the quarters: reopenings, questions, second keyings, and who does what by
-- when. Every row is named by the short hash of its entry, so that the tables are the same
-- whatever the order in which a post learned them. Written only by the fold.

-- A cercle asks to open a closing of its own again. Reads: the circuit page, the state of quarters.
create table if not exists reopening (
    mark text not null primary key,
    place text not null,
    quarter text not null,
    closing text not null,
    reason text not null,
    person text not null,
    office text not null,
    day text not null
);

-- The region and, for a validated quarter, the nation accept or refuse. `needs_more` is 1 if the
-- place above must accept too.
create table if not exists reopening_answer (
    mark text not null primary key,
    reopening text not null,
    place text not null,
    accepted bigint not null,
    needs_more bigint not null,
    reason text not null,
    person text not null,
    office text not null,
    day text not null
);

create index if not exists reopening_answer_by_reopening on reopening_answer (reopening);

-- A question of a region or the nation on something of a unit. `about` is `quarter`, `cell:…`,
-- `indicator:…` or `alert:…`; `seen` the figure as it stood then.
create table if not exists question (
    mark text not null primary key,
    unit text not null,
    quarter text not null,
    about text not null,
    seen text not null,
    body text not null,
    is_blocking bigint not null,
    place text not null,
    person text not null,
    office text not null,
    day text not null
);

create index if not exists question_by_quarter on question (quarter, unit);

-- What was said next: `number` is one more than what its writer had read, `closes` is 1 for the
-- last word, `quoted` 1 if the synthesis quotes the exchange.
create table if not exists question_message (
    mark text not null primary key,
    question text not null,
    number bigint not null,
    body text not null,
    closes bigint not null,
    quoted bigint not null,
    place text not null,
    person text not null,
    office text not null,
    day text not null
);

create index if not exists question_message_by_question on question_message (question);

-- A draw of returns to be keyed twice. `content` is its entry's payload.
create table if not exists second_draw (
    mark text not null primary key,
    place text not null,
    quarter text not null,
    content bytea not null,
    person text not null,
    day text not null
);

-- The second keying of a form, as far as it is. `content` is its entry's payload.
create table if not exists second_entry (
    unit text not null,
    quarter text not null,
    form text not null,
    content bytea not null,
    person text not null,
    office text not null,
    day text not null,
    primary key (unit, quarter, form)
);

-- What was decided of a cell in which the two keyings differ.
create table if not exists second_decision (
    unit text not null,
    quarter text not null,
    form text not null,
    cell text not null,
    choice text not null,
    value text not null,
    reason text not null,
    person text not null,
    office text not null,
    day text not null,
    primary key (unit, quarter, form, cell)
);

-- Who takes which step by when, as a nation decides it: the last decision for a quarter counts.
create table if not exists circuit_plan (
    mark text not null primary key,
    nation text not null,
    number bigint not null,
    content bytea not null,
    person text not null,
    office text not null,
    day text not null
);
