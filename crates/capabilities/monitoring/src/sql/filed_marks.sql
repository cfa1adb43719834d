-- The returns of a unit without what they hold. Reads: a file of corrections.
select unit, quarter, arrival, day, person, office, entry_hash
from filed_return
where unit = $1 and $2 <= quarter and quarter <= $3
order by arrival
