select cell, choice, value, reason, person, office, day
from second_decision
where unit = $1 and quarter = $2 and form = $3
order by cell
