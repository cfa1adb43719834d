insert into package_sent (from_post, to_post, stream_id, length)
values ($1, $2, $3, $4)
on conflict (from_post, to_post, stream_id) do update
set length = excluded.length
where package_sent.length < excluded.length
