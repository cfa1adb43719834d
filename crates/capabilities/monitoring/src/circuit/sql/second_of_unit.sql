select content, person, office, day
from second_entry
where unit = $1 and quarter = $2
order by form
