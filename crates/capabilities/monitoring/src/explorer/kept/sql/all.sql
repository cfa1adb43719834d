select owner, content, arrival, known_millis from kept_query where retired = 0 order by id
