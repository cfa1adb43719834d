-- The register: partnerships as folded, and what the searches need of them. Written only by the
-- fold of the entries of kind register.* (and, for spellings, territory.foreign-named).

create table if not exists register_source (
    name text not null primary key,
    title text not null,
    hash text not null,
    lines bigint not null,
    note text
);

-- The partnership itself, as JSON that only Rust reads. `n` numbers the partnerships of this base
-- in order of arrival; it joins the tables below and never leaves the base.
create table if not exists register_partnership (
    n bigint not null primary key,
    id text not null,
    source text not null,
    line bigint,
    state text not null
);

create unique index if not exists register_partnership_by_id on register_partnership (id);
create index if not exists register_partnership_by_source on register_partnership (source, line);

-- One row per combination of sides, region and year of a partnership: `extra` is 0 when it has a
-- single one, so that counting needs no distinct for most. `main` is 0 for a declared region that
-- contradicts the place found: it finds the partnership and does not count it twice.
-- The indexes give each filter in the order of the list, so that a page reads fifty rows, and end
-- with what a count needs, so that it reads no row at all.
create table if not exists register_line (
    n bigint not null,
    extra bigint not null,
    main bigint not null,
    sort_name text not null,
    sort_place text not null,
    sort_year bigint not null,
    source text not null,
    form text not null,
    status text not null,
    country text not null,
    foreign_level text not null,
    malian_level text not null,
    place text,
    region text,
    year bigint
);

create index if not exists register_line_by_n on register_line (n, sort_name, extra);
create index if not exists register_line_by_name on register_line (sort_name, n);
create index if not exists register_line_by_sort_place on register_line (sort_place, n);
create index if not exists register_line_by_sort_year on register_line (sort_year, n);
create index if not exists register_line_by_country on register_line (country, sort_name, n, extra, year, status, region);
create index if not exists register_line_by_region on register_line (region, sort_name, n, extra, year, status, country);
create index if not exists register_line_by_status on register_line (status, sort_name, n, extra, year, country, region);
create index if not exists register_line_by_source on register_line (source, sort_name, n, extra, year);
create index if not exists register_line_by_place on register_line (place, n, extra, sort_name);
create index if not exists register_line_by_level
    on register_line (foreign_level, malian_level, n, extra);
create index if not exists register_line_by_year on register_line (year, n, extra);

-- Words of names as written and as understood, folded, and their sounds.
create table if not exists register_token (
    token text not null,
    n bigint not null,
    primary key (token, n)
);

create index if not exists register_token_by_n on register_token (n);

-- Which local governments take part. `party` is the code of a place or the identifier of a
-- foreign record.
create table if not exists register_party (
    party text not null,
    n bigint not null,
    primary key (party, n)
);

create index if not exists register_party_by_n on register_party (n);

-- The reading questions, one row each. Reads: the page of questions.
create table if not exists register_question (
    flag text not null,
    n bigint not null,
    source text not null,
    line bigint,
    primary key (flag, n)
);

create index if not exists register_question_by_n on register_question (n);

create table if not exists register_network (
    source text not null,
    line bigint not null,
    state text not null,
    primary key (source, line)
);
