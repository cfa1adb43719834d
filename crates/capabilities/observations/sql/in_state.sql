select id, commune from observation where state = $1 order by day, id
