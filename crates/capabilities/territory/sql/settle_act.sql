update territory_reform set state = $2, refusal = $3, undone_by = $4 where mark = $1
