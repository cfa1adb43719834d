insert into filed_return (unit, quarter, arrival, day, person, office, entry_hash)
values ($1, $2, $3, $4, $5, $6, $7)
