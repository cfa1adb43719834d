-- The populations of all the communes of a country. Reads: sums under a map that reforms changed.
select p.code, p.year, p.source, p.persons, p.households, p.corrected
from territory_population p
join territory_unit u on u.code = p.code
where u.country = $1 and u.level = 'commune'
    and not exists (
    select 1 from territory_population q
    where q.code = p.code and q.year = p.year and q.source = p.source and p.corrected < q.corrected
)
order by p.year, p.source, p.code
