select unit, quarter, arrival, day, content, person, office, entry_hash
from filed_return
where unit = $1 and $2 <= quarter and quarter <= $3
order by arrival
