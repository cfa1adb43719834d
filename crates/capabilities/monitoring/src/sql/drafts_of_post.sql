-- What a post files replaces what it was typing; the drafts of another post stay.
select period, cell
from draft_value
where unit = $1 and post_id = $2
