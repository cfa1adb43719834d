select rank, source, mention, file, hash, at_millis, places, codes
from territory_outlines
order by rank
