-- What a post files replaces what it was typing, if it is the same; the drafts of another post stay.
select period, cell, value
from draft_value
where unit = $1 and post_id = $2
