select mark, unit, quarter, about, seen, body, is_blocking, place, person, office, day
from question
where mark = $1
