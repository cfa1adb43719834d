insert into observation_photo (hash, kind, bytes) values ($1, $2, $3) on conflict do nothing
