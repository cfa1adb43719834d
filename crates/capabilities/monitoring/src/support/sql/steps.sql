select mark, kind, content, person
from support_step
where request = $1
order by number, mark
