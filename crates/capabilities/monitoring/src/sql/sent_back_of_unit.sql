select rule, reason, left_side, right_side, office, day
from sent_back
where unit = $1 and quarter = $2
order by rule
