insert into quarter_state
    (place, quarter, state, arrival, day, person, office, reason, missing, covers, under,
     entry_hash)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
