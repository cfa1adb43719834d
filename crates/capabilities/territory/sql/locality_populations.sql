-- The figures in force of the villages of a commune.
select p.code, p.year, p.source, p.persons, p.households, p.corrected
from territory_locality l
join territory_population p on p.code = l.code
where l.commune = $1 and not exists (
    select 1 from territory_population q
    where q.code = p.code and q.year = p.year and q.source = p.source and p.corrected < q.corrected
)
order by p.code, p.year, p.source
