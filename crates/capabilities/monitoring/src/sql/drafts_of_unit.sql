select unit, period, cell, value, comment, source, person, at_millis
from draft_value
where unit = $1
order by period, cell
