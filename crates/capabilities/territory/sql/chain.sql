-- From the parent of the unit up to the top, on one day.
with recursive above (code, rank) as (
    select v.parent, 1
    from territory_version v
    where v.code = $1 and v.valid_from <= $2 and $2 < v.valid_to
    union all
    select v.parent, a.rank + 1
    from above a
    join territory_version v on v.code = a.code
    where v.valid_from <= $2 and $2 < v.valid_to and a.rank < 12
)
select v.code, v.valid_from, v.valid_to, v.name, v.parent, v.unknown_parent, u.level, coalesce(v.kind, u.kind) as kind, u.invented
from above a
join territory_version v on v.code = a.code
join territory_unit u on u.code = v.code
where v.valid_from <= $2 and $2 < v.valid_to
order by a.rank desc
