insert into register_source (name, title, hash, lines, note)
values ($1, $2, $3, $4, $5)
on conflict (name) do update
set title = excluded.title,
    hash = excluded.hash,
    lines = excluded.lines,
    note = excluded.note
