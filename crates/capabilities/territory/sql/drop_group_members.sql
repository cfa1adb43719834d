delete from territory_group_member where id = $1
