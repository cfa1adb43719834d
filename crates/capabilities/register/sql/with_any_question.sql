select p.state
from register_partnership p
where exists (select 1 from register_question q where q.n = p.n)
order by p.source desc, p.line, p.n
limit $1 offset $2
