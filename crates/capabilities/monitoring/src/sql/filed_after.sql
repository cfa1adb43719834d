-- The returns learned since. Reads: the figures held in memory.
select unit, quarter, filed_return.arrival, day, kind, payload, person, office, entry_hash
from filed_return
join entry on entry.arrival = filed_return.arrival
where $1 < filed_return.arrival
order by filed_return.arrival
