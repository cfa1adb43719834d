insert into territory_source (name, title, licence, hash, lines, note, invented)
values ($1, $2, $3, $4, $5, $6, $7)
on conflict (name) do update
set title = excluded.title,
    licence = excluded.licence,
    hash = excluded.hash,
    lines = excluded.lines,
    note = excluded.note,
    invented = excluded.invented
