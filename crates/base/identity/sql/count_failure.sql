insert into sign_in_failure (login, failures, last_millis) values ($1, 1, $2)
on conflict (login) do update
set failures = sign_in_failure.failures + 1, last_millis = excluded.last_millis
