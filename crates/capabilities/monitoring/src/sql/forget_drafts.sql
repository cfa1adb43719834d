-- What a post files replaces what it was typing; the drafts of another post stay.
delete from draft_value
where unit = $1 and period = $2 and post_id = $3
