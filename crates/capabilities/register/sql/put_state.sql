update register_partnership set state = $2 where n = $1
