select owner, content, arrival, known_millis from kept_query where id = $1 and retired = 0
