insert into session (session_hash, device_hash, person_id, opened_millis, seen_millis, locked)
values ($1, $2, $3, $4, $4, 0)
