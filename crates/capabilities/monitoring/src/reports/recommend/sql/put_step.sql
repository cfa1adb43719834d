insert into recommendation_step (id, arrival, content, person, office)
values ($1, $2, $3, $4, $5)
