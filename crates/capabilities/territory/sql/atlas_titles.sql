select day, title
from territory_reform
where country = $1 and state = 'in-force' and day <> ''
order by day, rank
