insert into territory_undoing (mark, act, office, reason, at_millis) values ($1, $2, $3, $4, $5)
