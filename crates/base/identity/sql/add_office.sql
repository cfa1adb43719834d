insert into office (office_id, person_id, kind, title, place, from_day, to_day)
values ($1, $2, $3, $4, $5, $6, $7)
