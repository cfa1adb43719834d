-- The returns of all units for some quarters. Reads: the consolidation of a region or the nation.
select unit, quarter, arrival, day, content, person, office, entry_hash
from filed_return
where $1 <= quarter and quarter <= $2
order by arrival
