select v.code, v.valid_from, v.valid_to, v.name, v.parent, v.unknown_parent, u.level, coalesce(v.kind, u.kind) as kind, u.invented
from territory_version v
join territory_unit u on u.code = v.code
where v.parent = $1 and v.valid_from <= $2 and $2 < v.valid_to
order by v.code
