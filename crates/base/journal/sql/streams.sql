select stream_id, post_id, public_key, incarnation, audience, scope, length, head
from stream
order by stream_id
