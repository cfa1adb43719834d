select s.content as content
from recommendation_step s join recommendation r on r.id = s.id
where r.place = $1
order by s.arrival
