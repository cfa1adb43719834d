update stream set length = $2, head = $3 where stream_id = $1
