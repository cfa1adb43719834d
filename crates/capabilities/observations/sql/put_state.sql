insert into observation (id, commune, state, day) values ($1, $2, $3, $4)
on conflict (id) do update set commune = excluded.commune, state = excluded.state, day = excluded.day
