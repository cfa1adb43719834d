-- The same bytes may be issued again; the first issue is the one that a reader asks for.
insert into issued_file (hash, code, arrival, format) values ($1, $2, $3, $4)
on conflict (hash) do nothing
