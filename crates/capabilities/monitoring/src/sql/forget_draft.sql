delete from draft_value
where unit = $1 and period = $2 and cell = $3
