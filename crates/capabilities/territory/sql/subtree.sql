-- The unit and all that lies under it, on one day.
with recursive below (code, rank) as (
    select v.code, 0
    from territory_version v
    where v.code = $1 and v.valid_from <= $2 and $2 < v.valid_to
    union all
    select v.code, b.rank + 1
    from below b
    join territory_version v on v.parent = b.code
    where v.valid_from <= $2 and $2 < v.valid_to and b.rank < 12
)
select distinct b.code, u.level
from below b
join territory_unit u on u.code = b.code
order by b.code
