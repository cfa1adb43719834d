insert into post (
    by_post, post_id, relation, name, level, territory, public_key, receive_key, since_millis
)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
on conflict (by_post, post_id) do update
set relation = excluded.relation,
    name = excluded.name,
    level = excluded.level,
    territory = excluded.territory,
    public_key = excluded.public_key,
    receive_key = excluded.receive_key
