select a.code, a.alias
from territory_alias a
join territory_unit u on u.code = a.code
where u.country = $1
order by a.code, a.alias
