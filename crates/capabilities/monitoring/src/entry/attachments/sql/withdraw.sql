delete from attachment
where unit = $1 and quarter = $2 and form = $3 and cell = $4 and hash = $5
