select unit, quarter, rule, reason, left_side, right_side, office, day
from alert_answer
where unit = $1 and quarter = $2
order by rule
