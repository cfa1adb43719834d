-- Recordings of fragments. Which one is heard is a function of these rows as a set.
create table voice_recording (
    mark text not null primary key,
    language text not null,
    fragment text not null,
    scope text not null,
    payload text not null,
    sound bytea not null
);
create index voice_recording_by_language on voice_recording (language, fragment);

-- Recordings that are used no more.
create table voice_withdrawn (
    mark text not null primary key
);

-- Languages that were loaded besides those shipped.
create table voice_language (
    mark text not null primary key,
    language text not null,
    payload text not null
);
