select v.code, v.name, u.level, coalesce(v.kind, u.kind) as kind, u.invented, v.unknown_parent
from territory_version v
join territory_unit u on u.code = v.code
where u.country = $1 and v.valid_from <= $2 and $2 < v.valid_to
order by v.code
