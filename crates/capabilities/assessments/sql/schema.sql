-- Each saving of an assessment. What holds is a function of these rows as a set.
create table assessment_saving (
    mark text not null primary key,
    id text not null,
    commune text not null,
    payload text not null
);
create index assessment_saving_by_id on assessment_saving (id);
create index assessment_saving_by_commune on assessment_saving (commune);

-- Which offices may read the assessments of a commune, and what was taken back.
create table assessment_grant (
    mark text not null primary key,
    commune text not null,
    kind text not null,
    payload text not null
);
create index assessment_grant_by_commune on assessment_grant (commune);
