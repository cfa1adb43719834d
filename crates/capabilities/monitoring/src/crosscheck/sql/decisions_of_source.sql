select source, source_name, unit, period, target, decision, reason, ours, theirs, office, day
from gap_decision where source = $1 order by arrival, unit, period, target
