update office set to_day = $2 where office_id = $1
