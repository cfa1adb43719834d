select mark, place, quarter, closing, reason, person, office, day
from reopening
where place = $1 and quarter = $2
order by day, mark
