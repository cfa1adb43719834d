select content
from circuit_plan
where nation = $1
order by number desc, mark desc
limit 1
