insert into gap_decision (source, source_name, unit, period, target, arrival, decision, reason,
    ours, theirs, office, day)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
on conflict (source, unit, period, target, arrival) do nothing
