select place, quarter, state, arrival, day, person, office, reason, missing, covers, under, entry_hash
from quarter_state
where quarter = $1
order by arrival
