-- The territory: a dated tree, its populations, its villages, and the local governments of other
-- countries. Written only by the fold of the entries of kind territory.*.

-- Where the lines come from. Reads: the page of sources, the foot of a unit's page.
create table if not exists territory_source (
    name text not null primary key,
    title text not null,
    licence text not null,
    hash text not null,
    lines bigint not null,
    note text,
    invented bigint not null
);

-- What does not change about a unit whatever the map. Latitude and longitude are kept as the
-- source writes them: nothing is ever summed from them.
create table if not exists territory_unit (
    code text not null primary key,
    country text not null,
    level text not null,
    kind text,
    official text,
    former text,
    latitude text,
    longitude text,
    point_kind text,
    source text not null,
    invented bigint not null
);

create index if not exists territory_unit_by_official on territory_unit (official);
create index if not exists territory_unit_by_former on territory_unit (former);

create table if not exists territory_alias (
    code text not null,
    alias text not null,
    primary key (code, alias)
);

-- A unit as it is from `valid_from` to the eve of `valid_to`. An unknown first day is '' and a
-- version that lasts ends on '9999-12-31', so that one comparison of texts answers for any day.
create table if not exists territory_version (
    code text not null,
    valid_from text not null,
    valid_to text not null,
    name text not null,
    parent text,
    unknown_parent bigint not null,
    kind text,
    primary key (code, valid_from)
);

create index if not exists territory_version_by_parent on territory_version (parent, valid_from);

-- What passed from unit to unit when some were divided or joined: the part of the first that the
-- second took (`share`, as 2/3) and the part of the second that came from the first (`back`), null
-- where nobody knows. `place` is the order in which reforms follow each other.
-- Reads: figures under another map than that of their period; the ancestors of a unit.
create table if not exists territory_lineage (
    country text not null,
    place bigint not null,
    day text not null,
    act text not null,
    from_code text not null,
    to_code text not null,
    share text,
    back text,
    primary key (country, place)
);

create index if not exists territory_lineage_by_from on territory_lineage (from_code);
create index if not exists territory_lineage_by_to on territory_lineage (to_code);

-- All that is known of the map of a country, from which its units, versions and lineage are woven,
-- always in the order of `rank`: lines that ship with the program ('lines'), then acts ('reform',
-- 'list', 'undoing') as they were written, whatever the order in which they came.
-- Reads: the weaving, after each act.
create table if not exists territory_layer (
    country text not null,
    rank text not null,
    mark text not null,
    kind text not null,
    content text not null,
    primary key (country, rank)
);

-- The acts on maps, one a line: their text, their author, and what became of them ('in-force',
-- 'undone', or 'set-aside' with the refusal as JSON). `units` are codes between spaces.
-- Reads: the list of reforms, the history of a unit.
create table if not exists territory_reform (
    mark text not null primary key,
    country text not null,
    rank text not null,
    word text not null,
    day text not null,
    title text not null,
    number text not null,
    text_day text not null,
    units text not null,
    person text not null,
    office text not null,
    reason text not null,
    at_millis bigint not null,
    state text not null,
    refusal text,
    undone_by text
);

create index if not exists territory_reform_by_country on territory_reform (country, day);

-- Who undid what, and why. Kept even if the act undone has not come yet.
create table if not exists territory_undoing (
    mark text not null primary key,
    act text not null,
    office text not null,
    reason text not null,
    at_millis bigint not null
);

-- Populations by year and source stand side by side: none is ever overwritten. Two posts could say
-- two things of one year and source: the first written holds (`rank`, as in territory_layer). A
-- source that corrects itself has a line more, with the day of its correction ('' for the first
-- figure): the last correction is in force. `code` is that of a unit or of a village.
create table if not exists territory_population (
    code text not null,
    year bigint not null,
    source text not null,
    persons bigint not null,
    households bigint,
    corrected text not null,
    rank text not null,
    primary key (code, year, source, corrected)
);

create table if not exists territory_locality (
    code text not null primary key,
    commune text not null,
    name text not null,
    setting text not null,
    persons bigint not null,
    women bigint not null,
    men bigint not null,
    households bigint not null
);

create index if not exists territory_locality_by_commune on territory_locality (commune, name);

create table if not exists territory_foreign (
    id text not null primary key,
    country text not null,
    level text not null,
    name text not null,
    country_note text
);

create table if not exists territory_foreign_alias (
    id text not null,
    alias text not null,
    primary key (id, alias)
);

-- Words of names, folded, and their sounds (after a '~'). `what` is unit, locality or foreign;
-- `unit` is the unit found: the commune of a village. Reads: every search, by a range of `token`.
create table if not exists territory_token (
    token text not null,
    what text not null,
    code text not null,
    unit text not null,
    primary key (token, what, code)
);

create index if not exists territory_token_by_unit on territory_token (unit, token);

-- Official outlines, in the order in which they were loaded: the later ones lie over the earlier
-- ones. `codes` are those of its places, between spaces; `outlines` is the compact text of graphics.
-- Reads: every map, once for each entry that loads outlines.
create table if not exists territory_outlines (
    rank bigint not null primary key,
    source text not null,
    mention text not null,
    file text not null,
    hash text not null,
    at_millis bigint not null,
    places bigint not null,
    codes text not null,
    outlines text not null
);

-- Syndicats of local governments, as JSON that only Rust reads. Of two ways of writing one, the
-- higher `rank` holds, whatever the order in which they came.
create table if not exists territory_group (
    id text not null primary key,
    name text not null,
    state text not null,
    rank text not null
);

-- The members that a syndicat has or had. Reads: the page of a place, the owners of a plan line.
create table if not exists territory_group_member (
    id text not null,
    place text not null,
    primary key (id, place)
);

create index if not exists territory_group_member_by_place on territory_group_member (place);
