insert into second_entry (unit, quarter, form, content, person, office, day)
values ($1, $2, $3, $4, $5, $6, $7)
on conflict (unit, quarter, form) do update
set content = excluded.content,
    person = excluded.person,
    office = excluded.office,
    day = excluded.day
