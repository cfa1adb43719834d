select
    stream_id, seq, arrival, known_millis, hash, header, signature, salt, payload,
    kind, subject, at_millis, seal
from entry
where subject = $1 and known_millis <= $2
order by arrival
