-- The units of a country whose unit above no source gives, on one day, by level.
select u.level, count(*) as c
from territory_version v
join territory_unit u on u.code = v.code
where u.country = $1 and v.unknown_parent = 1 and v.valid_from <= $2 and $2 < v.valid_to
group by u.level
order by u.level
