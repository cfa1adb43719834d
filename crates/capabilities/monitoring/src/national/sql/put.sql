insert into published_result (nation, place, quarter, day, arrival, content)
values ($1, $2, $3, $4, $5, $6)
on conflict (nation, place, quarter) do update
set day = excluded.day,
    arrival = excluded.arrival,
    content = excluded.content
