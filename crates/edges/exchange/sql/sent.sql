select stream_id, length from package_sent where from_post = $1 and to_post = $2
