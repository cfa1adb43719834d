select by_post, post_id, relation, name, level, territory, public_key, receive_key, since_millis
from post
order by by_post, post_id
