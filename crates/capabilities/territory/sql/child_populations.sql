-- What was published of each unit under another, on one day. Reads: the table of a page.
select p.code, p.year, p.source, p.persons, p.households, p.corrected
from territory_version v
join territory_population p on p.code = v.code
where v.parent = $1 and v.valid_from <= $2 and $2 < v.valid_to
    and not exists (
    select 1 from territory_population q
    where q.code = p.code and q.year = p.year and q.source = p.source and p.corrected < q.corrected
)
order by p.code, p.year, p.source
