insert into assessment_grant (mark, commune, kind, payload) values ($1, $2, $3, $4)
on conflict do nothing
