select
    stream_id, seq, arrival, known_millis, hash, header, signature, salt, payload,
    kind, subject, at_millis, seal
from entry
order by arrival desc
limit $1
