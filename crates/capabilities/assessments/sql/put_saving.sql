insert into assessment_saving (mark, id, commune, payload) values ($1, $2, $3, $4)
on conflict do nothing
