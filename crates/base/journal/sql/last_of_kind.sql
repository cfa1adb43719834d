select arrival, known_millis, hash from entry where kind = $1 order by arrival desc limit 1
