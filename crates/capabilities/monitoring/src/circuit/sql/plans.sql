select content, person
from circuit_plan
where nation = $1
order by number desc, mark desc
