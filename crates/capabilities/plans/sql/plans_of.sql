-- The plans of a commune, the latest first.
select p.id, p.commune, p.title, p.first_year, p.last_year, p.revises, p.invented,
    a.day, a.number, a.document, a.hash
from plans_plan p
left join plans_adoption a on a.plan = p.id
where p.commune = $1
order by p.first_year desc, a.day desc, p.id desc
