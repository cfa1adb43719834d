select rank, source, mention, file, hash, at_millis, places, codes, outlines
from territory_outlines
order by rank
