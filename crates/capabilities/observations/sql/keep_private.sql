insert into observation_private (id, code_hash, contact, kept_millis) values ($1, $2, $3, $4)
