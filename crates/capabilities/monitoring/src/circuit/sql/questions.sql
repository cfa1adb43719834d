select mark, unit, quarter, about, seen, body, is_blocking, place, person, office, day
from question
where quarter = $1
order by unit, day, mark
