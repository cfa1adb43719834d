select
    stream_id, seq, arrival, known_millis, hash, header, signature, salt, payload,
    kind, subject, at_millis, seal
from entry
where $1 < arrival
order by arrival
limit $2
