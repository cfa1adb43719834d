insert into other_source (id, place, hash, arrival, office, content)
values ($1, $2, $3, $4, $5, $6)
on conflict (id) do nothing
