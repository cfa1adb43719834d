
-- The editions of the questionnaire that the national cell issued, as their entries carry them.
-- Several may follow one edition if they were issued at two posts: a person chooses.
-- Read when the state of the questionnaire is not in memory.
create table if not exists questionnaire_edition (
    entry_mark text not null primary key,
    after_mark text not null,
    number bigint not null,
    first_quarter text not null,
    title text not null,
    day text not null,
    person text not null,
    office text not null,
    at_millis bigint not null,
    post_id text not null,
    content bytea not null
);

-- Which of the editions that follow one edition holds: a person's choice.
create table if not exists questionnaire_choice (
    after_mark text not null primary key,
    chosen text not null,
    at_millis bigint not null,
    entry_mark text not null
);

-- The questionnaires loaded whole, that stand in the place of the shipped one; the last holds.
create table if not exists questionnaire_whole (
    entry_mark text not null primary key,
    at_millis bigint not null,
    content bytea not null
);

-- The last entry that changed any of the above: what was read before it is stale.
create table if not exists questionnaire_state (
    slot bigint not null primary key,
    entry_mark text not null
);

-- The edition that the national cell is preparing at this post.
create table if not exists edition_draft (
    slot bigint not null primary key,
    first_quarter text not null,
    title text not null,
    person text not null,
    at_millis bigint not null
);

-- Its changes, a row each, as far as they go.
create table if not exists edition_draft_change (
    sheet text not null,
    row_key text not null,
    arrival bigint not null,
    content bytea not null,
    primary key (sheet, row_key)
);
