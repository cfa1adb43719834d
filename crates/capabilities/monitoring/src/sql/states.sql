select place, quarter, state, arrival, day, person, office, reason, missing, covers, entry_hash
from quarter_state
order by arrival
