select stream_id, post_id, public_key, incarnation, audience, scope, length, head
from stream
where stream_id = $1
