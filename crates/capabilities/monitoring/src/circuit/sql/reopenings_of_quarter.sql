select mark, place, quarter, closing, reason, person, office, day
from reopening
where quarter = $1
order by day, place, mark
