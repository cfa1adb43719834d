insert into filed_correction (unit, arrival, first_quarter, last_quarter, person, office, entry_hash)
values ($1, $2, $3, $4, $5, $6, $7)
