-- The returns of all units for some quarters. Reads: the consolidation of a region or the nation.
select unit, quarter, filed_return.arrival, day, kind, payload, person, office, entry_hash
from filed_return
join entry on entry.arrival = filed_return.arrival
where $1 <= quarter and quarter <= $2
order by filed_return.arrival
