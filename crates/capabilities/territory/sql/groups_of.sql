select g.id, g.state, g.rank
from territory_group_member m
join territory_group g on g.id = m.id
where m.place = $1
order by g.name, g.id
