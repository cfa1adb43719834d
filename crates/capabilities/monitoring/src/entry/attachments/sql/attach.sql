insert into attachment (unit, quarter, form, cell, hash, name, kind, size, person, at_millis)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
on conflict (unit, quarter, form, cell, hash) do nothing
