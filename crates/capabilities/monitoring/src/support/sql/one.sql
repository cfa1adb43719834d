select mark, content, person
from support_request
where mark = $1
