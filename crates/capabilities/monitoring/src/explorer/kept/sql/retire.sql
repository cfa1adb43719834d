update kept_query set retired = 1 where id = $1
