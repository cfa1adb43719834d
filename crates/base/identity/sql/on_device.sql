select distinct person.person_id, person.name
from session
join person on person.person_id = session.person_id
where session.device_hash = $1 and $2 <= session.opened_millis
order by person.name, person.person_id
