insert into issued_document
    (place, quarter, document, version, content, arrival, person, office, entry_hash, post_id)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
on conflict (place, quarter, document, version, post_id) do update
set content = excluded.content,
    arrival = excluded.arrival,
    person = excluded.person,
    office = excluded.office,
    entry_hash = excluded.entry_hash
