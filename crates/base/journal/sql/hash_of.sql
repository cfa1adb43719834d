select hash from entry where stream_id = $1 and seq = $2
