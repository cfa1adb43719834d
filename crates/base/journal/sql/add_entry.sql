insert into entry (
    stream_id, seq, arrival, known_millis, hash, header, signature, salt, payload,
    kind, subject, at_millis, seal
)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
