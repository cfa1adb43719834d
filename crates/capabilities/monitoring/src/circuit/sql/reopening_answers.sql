-- Those that need more come first: the nearest place above.
select place, accepted, needs_more, reason, person, office, day
from reopening_answer
where reopening = $1
order by needs_more desc, day, mark
