-- The corrections of a unit that touch some quarters. Reads: every reader of its returns.
select filed_correction.arrival, payload, person, office, entry_hash
from filed_correction
join entry on entry.arrival = filed_correction.arrival
where unit = $1 and first_quarter <= $3 and $2 <= last_quarter
order by filed_correction.arrival
