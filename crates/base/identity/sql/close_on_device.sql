delete from session where device_hash = $1 and person_id = $2 and session_hash <> $3
