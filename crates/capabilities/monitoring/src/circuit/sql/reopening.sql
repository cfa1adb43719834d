select mark, place, quarter, closing, reason, person, office, day
from reopening
where mark = $1
