select id, office, content from other_source where id = $1
