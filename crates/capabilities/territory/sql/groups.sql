select id, state, rank from territory_group order by name, id
