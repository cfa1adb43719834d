insert into filed_return (unit, quarter, arrival, day, content, person, office, entry_hash)
values ($1, $2, $3, $4, $5, $6, $7, $8)
