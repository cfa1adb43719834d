-- The corrections of all units that touch some quarters.
select filed_correction.arrival, payload, person, office, entry_hash
from filed_correction
join entry on entry.arrival = filed_correction.arrival
where first_quarter <= $2 and $1 <= last_quarter
order by filed_correction.arrival
