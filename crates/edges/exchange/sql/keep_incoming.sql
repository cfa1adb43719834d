insert into package_incoming (incoming_id, received_millis, content)
values ($1, $2, $3)
on conflict (incoming_id) do update set received_millis = excluded.received_millis
