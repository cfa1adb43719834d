select office_id, kind, title, place, from_day, to_day
from office
where person_id = $1
order by from_day, office_id
