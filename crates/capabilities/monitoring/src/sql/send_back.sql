insert into sent_back (unit, quarter, rule, reason, left_side, right_side, office, day)
values ($1, $2, $3, $4, $5, $6, $7, $8)
on conflict (unit, quarter, rule) do update
set reason = excluded.reason,
    left_side = excluded.left_side,
    right_side = excluded.right_side,
    office = excluded.office,
    day = excluded.day
