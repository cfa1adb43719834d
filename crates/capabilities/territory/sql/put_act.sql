insert into territory_reform
    (mark, country, rank, word, day, title, number, text_day, units, person, office, reason,
     at_millis, state, refusal, undone_by)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, 'set-aside', null, null)
