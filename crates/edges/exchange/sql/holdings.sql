-- A post is believed on what it holds itself, and this post on what it took from it.
select life, stream_id, max(length) as length
from package_holding
where post_id = $1 and by_post in ($1, $2)
group by life, stream_id
