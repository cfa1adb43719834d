-- All the adopted plans that cover a year.
select p.id, p.commune, p.title, p.first_year, p.last_year, p.revises, p.invented,
    a.day, a.number, a.document, a.hash
from plans_plan p
join plans_adoption a on a.plan = p.id
where p.first_year <= $1 and $1 <= p.last_year
order by p.commune, a.day, p.id
