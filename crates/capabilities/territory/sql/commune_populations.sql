-- The populations of all the communes of a country. Reads: sums under a map that reforms changed.
select p.code, p.year, p.source, p.persons, p.households
from territory_population p
join territory_unit u on u.code = p.code
where u.country = $1 and u.level = 'commune'
order by p.year, p.source, p.code
