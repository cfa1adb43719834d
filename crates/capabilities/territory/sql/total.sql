-- The communes under a unit on one day, and the sum of their persons for each year and source.
with recursive below (code, rank) as (
    select v.code, 0
    from territory_version v
    where v.code = $1 and v.valid_from <= $2 and $2 < v.valid_to
    union all
    select v.code, b.rank + 1
    from below b
    join territory_version v on v.parent = b.code
    where v.valid_from <= $2 and $2 < v.valid_to and b.rank < 12
),
commune (code) as (
    select distinct b.code
    from below b
    join territory_unit u on u.code = b.code
    where u.level = 'commune'
)
select
    p.year,
    p.source,
    cast(sum(p.persons) as bigint) as persons,
    count(*) as counted,
    (select count(*) from commune) as communes
from commune c
join territory_population p on p.code = c.code
where not exists (
    select 1 from territory_population q
    where q.code = p.code and q.year = p.year and q.source = p.source and p.corrected < q.corrected
)
group by p.year, p.source
order by p.year, p.source
