insert into package (from_post, to_post, number, made_millis, entries, bytes, hash, person, life)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
on conflict (from_post, to_post, life, number) do nothing
