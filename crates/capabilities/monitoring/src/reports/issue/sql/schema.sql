-- Documents as they were issued: what they were, and the hash of each file. Their bytes are in the
-- journal, at the post that issued them. Written only by the fold of monitoring.document-*.
-- Reads: the page of the documents of a quarter, the check of a file.
create table if not exists issued_document (
    place text not null,
    quarter text not null,
    document text not null,
    version bigint not null,
    content bytea not null,
    arrival bigint not null,
    person text not null,
    office text not null,
    entry_hash text not null,
    post_id text not null,
    primary key (place, quarter, document, version, post_id)
);

create index if not exists issued_document_by_arrival on issued_document (arrival);

create table if not exists issued_file (
    hash text not null primary key,
    code text not null,
    arrival bigint not null,
    format text not null
);

create index if not exists issued_file_by_code on issued_file (code);

-- To whom an issued document was sent or handed.
create table if not exists document_handed (
    place text not null,
    quarter text not null,
    document text not null,
    arrival bigint not null,
    content bytea not null,
    person text not null,
    office text not null,
    primary key (place, quarter, arrival)
);
