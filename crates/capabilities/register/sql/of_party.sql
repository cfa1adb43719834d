select p.n, p.state
from register_party t
join register_partnership p on p.n = t.n
where t.party = $1
order by p.n
