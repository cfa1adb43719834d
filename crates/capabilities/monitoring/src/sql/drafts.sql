select unit, period, cell, value, comment, source, person, at_millis
from draft_value
order by unit, period, cell
