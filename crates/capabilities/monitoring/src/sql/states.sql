select place, quarter, state, arrival, day, person, office, reason, missing, entry_hash
from quarter_state
order by arrival
