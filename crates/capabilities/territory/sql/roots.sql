select v.code, v.valid_from, v.valid_to, v.name, v.parent, v.unknown_parent, u.level, coalesce(v.kind, u.kind) as kind, u.invented
from territory_version v
join territory_unit u on u.code = v.code
where u.level = 'pays' and v.valid_from <= $1 and $1 < v.valid_to
order by u.invented, v.name
