insert into kept_query (id, sharing, place, owner, content, retired, arrival, known_millis)
values ($1, $2, $3, $4, $5, 0, $6, $7)
on conflict (id) do update set
    sharing = excluded.sharing,
    place = excluded.place,
    content = excluded.content,
    arrival = excluded.arrival,
    known_millis = excluded.known_millis
