delete from sent_back
where unit = $1 and quarter = $2 and rule = $3
