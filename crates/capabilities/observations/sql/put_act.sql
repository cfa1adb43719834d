insert into observation_act (mark, id, commune, kind, office, reason, payload)
values ($1, $2, $3, $4, $5, $6, $7)
on conflict do nothing
