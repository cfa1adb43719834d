-- The countries of the register, one after another in the index: no scan of the lines.
with recursive each (k) as (
    select min(country) from register_line
    union all
    select (select min(l.country) from register_line l where l.country > e.k)
    from each e
    where e.k is not null
)
select k from each where k is not null order by k
