insert into stream (stream_id, post_id, public_key, incarnation, audience, scope, length, head)
values ($1, $2, $3, $4, $5, $6, 0, $7)
