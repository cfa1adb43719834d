-- The corrections learned since. Reads: the figures held in memory.
select filed_correction.arrival, payload, person, office, entry_hash
from filed_correction
join entry on entry.arrival = filed_correction.arrival
where $1 < filed_correction.arrival
order by filed_correction.arrival
