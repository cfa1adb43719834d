-- Persons who may sign in at this post. Reads: sign-in, the page of people.
create table person (
    person_id text not null primary key,
    name text not null,
    login text not null
);
create index person_by_login on person (login);

-- An office is a dated fact: it ends, it is never deleted. Reads: every signed-in request.
create table office (
    office_id text not null primary key,
    person_id text not null,
    kind text not null,
    title text not null,
    place text not null,
    from_day text not null,
    to_day text
);
create index office_by_person on office (person_id);
