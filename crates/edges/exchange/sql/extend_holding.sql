insert into package_holding (post_id, life, by_post, stream_id, length)
values ($1, $2, $3, $4, $5)
on conflict (post_id, life, by_post, stream_id) do update
set length = excluded.length
where package_holding.length < excluded.length
