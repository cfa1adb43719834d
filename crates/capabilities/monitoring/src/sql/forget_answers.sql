delete from alert_answer
where unit = $1 and quarter = $2
