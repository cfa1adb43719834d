select source, source_name, unit, period, target, decision, reason, ours, theirs, office, day
from gap_decision order by arrival, source, unit, period, target
