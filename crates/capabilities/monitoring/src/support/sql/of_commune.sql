select mark, content, person
from support_request
where commune = $1
order by asked_on desc, mark
