select p.state
from register_question q
join register_partnership p on p.n = q.n
where q.flag = $1
order by q.source desc, q.line, q.n
limit $2 offset $3
