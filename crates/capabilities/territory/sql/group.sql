select id, state, rank from territory_group where id = $1
