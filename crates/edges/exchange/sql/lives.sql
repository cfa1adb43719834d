select life, earlier from post_life where post_id = $1 order by life, earlier
