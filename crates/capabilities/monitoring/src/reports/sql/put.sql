insert into report_text (place, quarter, content, person, office, arrival, known_millis)
values ($1, $2, $3, $4, $5, $6, $7)
on conflict (place, quarter) do update
set content = excluded.content,
    person = excluded.person,
    office = excluded.office,
    arrival = excluded.arrival,
    known_millis = excluded.known_millis
