-- The figures in force: the last correction of each source and year.
select p.code, p.year, p.source, p.persons, p.households, p.corrected
from territory_population p
where p.code = $1 and not exists (
    select 1 from territory_population q
    where q.code = p.code and q.year = p.year and q.source = p.source and p.corrected < q.corrected
)
order by p.year, p.source
