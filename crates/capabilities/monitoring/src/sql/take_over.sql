update draft_value
set person = $4
where unit = $1 and period = $2 and cell = $3
