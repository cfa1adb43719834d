select
    stream_id, seq, arrival, known_millis, hash, header, signature, salt, payload,
    kind, subject, at_millis, seal
from entry
where stream_id = $1 and $2 < seq
order by seq
