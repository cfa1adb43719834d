insert into edition_draft (slot, first_quarter, title, person, at_millis)
values (1, $1, $2, $3, $4)
on conflict (slot) do update
set first_quarter = excluded.first_quarter,
    title = excluded.title,
    person = excluded.person,
    at_millis = excluded.at_millis
