-- All the versions of all the units of a country. Reads: maps over time.
select v.code, v.valid_from, v.valid_to, v.name, v.parent, v.unknown_parent, v.kind
from territory_version v
join territory_unit u on u.code = v.code
where u.country = $1
order by v.code, v.valid_from
