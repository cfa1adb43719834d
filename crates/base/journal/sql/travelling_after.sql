select arrival, header, signature, salt, payload
from entry
where stream_id = $1 and $2 < seq
order by seq
limit $3
