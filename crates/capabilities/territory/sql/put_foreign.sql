-- A record found again in a second source keeps its first name; the note of then is kept too.
insert into territory_foreign (id, country, level, name, country_note)
values ($1, $2, $3, $4, $5)
on conflict (id) do update
set country_note = coalesce(territory_foreign.country_note, excluded.country_note)
