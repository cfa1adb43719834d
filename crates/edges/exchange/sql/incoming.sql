-- Files that someone uploaded and has not accepted yet. They belong to this post alone: no journal,
-- no other post. Reads: the preview of a package.
create table if not exists package_incoming (
    incoming_id text not null primary key,
    received_millis bigint not null,
    content bytea not null
);
