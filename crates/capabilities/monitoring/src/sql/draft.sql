insert into draft_value (unit, period, cell, value, comment, person, at_millis, post_id)
values ($1, $2, $3, $4, $5, $6, $7, $8)
on conflict (unit, period, cell) do update
set value = excluded.value,
    comment = excluded.comment,
    person = excluded.person,
    at_millis = excluded.at_millis,
    post_id = excluded.post_id
