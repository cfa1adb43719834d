insert into draft_value (unit, period, cell, value, comment, source, person, at_millis, post_id)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
on conflict (unit, period, cell) do update
set value = excluded.value,
    comment = excluded.comment,
    source = excluded.source,
    person = excluded.person,
    at_millis = excluded.at_millis,
    post_id = excluded.post_id
