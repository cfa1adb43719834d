select p.id, p.commune, p.title, p.first_year, p.last_year, p.revises, p.invented,
    a.day, a.number, a.document, a.hash
from plans_plan p
left join plans_adoption a on a.plan = p.id
where p.id = $1
