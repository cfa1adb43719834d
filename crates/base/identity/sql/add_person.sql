insert into person (person_id, name, login) values ($1, $2, $3)
