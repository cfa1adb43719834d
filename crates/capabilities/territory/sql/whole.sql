-- Every unit of every country on one day, with the unit above. Reads: what computes over whole
-- countries at once.
select v.code, v.valid_from, v.valid_to, v.name, v.parent, v.unknown_parent, u.level, u.kind,
    u.invented
from territory_version v
join territory_unit u on u.code = v.code
where v.valid_from <= $1 and $1 < v.valid_to
order by v.code
