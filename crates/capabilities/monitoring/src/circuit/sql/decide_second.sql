insert into second_decision
    (unit, quarter, form, cell, choice, value, reason, person, office, day)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
on conflict (unit, quarter, form, cell) do update
set choice = excluded.choice,
    value = excluded.value,
    reason = excluded.reason,
    person = excluded.person,
    office = excluded.office,
    day = excluded.day
