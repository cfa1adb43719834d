-- What was published of each unit under another, on one day. Reads: the table of a page.
select p.code, p.year, p.source, p.persons, p.households
from territory_version v
join territory_population p on p.code = v.code
where v.parent = $1 and v.valid_from <= $2 and $2 < v.valid_to
order by p.code, p.year, p.source
