select mark, content, person, day
from second_draw
where place = $1 and quarter = $2
order by day, mark
