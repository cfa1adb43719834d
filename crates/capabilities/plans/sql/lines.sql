select plan, line, sector, objective, action, village, years, cost, funding, priority, owner, removed, rank
from plans_line
where plan = $1
order by line
