select arrival, known_millis, seal from entry order by arrival desc limit 1
