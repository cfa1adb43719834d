-- The lines of all the adopted plans that cover a year.
select l.plan, l.line, l.sector, l.objective, l.action, l.village, l.years, l.cost, l.funding,
    l.priority, l.owner, l.removed, l.rank
from plans_plan p
join plans_adoption a on a.plan = p.id
join plans_line l on l.plan = p.id
where p.first_year <= $1 and $1 <= p.last_year
order by l.plan, l.line
