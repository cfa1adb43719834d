insert into credential (person_id, password_hash, pin_hash, pin_failures, changed_millis)
values ($1, $2, null, 0, $3)
on conflict (person_id) do update
set password_hash = excluded.password_hash, pin_failures = 0, changed_millis = excluded.changed_millis
