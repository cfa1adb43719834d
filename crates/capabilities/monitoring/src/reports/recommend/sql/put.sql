insert into recommendation (id, place, quarter, content, arrival, person, office)
values ($1, $2, $3, $4, $5, $6, $7)
on conflict (id) do nothing
