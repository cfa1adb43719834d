select unit, quarter, filed_return.arrival, day, kind, payload, person, office, entry_hash
from filed_return
join entry on entry.arrival = filed_return.arrival
where unit = $1 and $2 <= quarter and quarter <= $3
order by filed_return.arrival
