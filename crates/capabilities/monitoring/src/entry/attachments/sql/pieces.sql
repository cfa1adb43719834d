select cell, hash, name, kind, size, person, at_millis
from attachment
where unit = $1 and quarter = $2 and form = $3
order by at_millis, cell, hash
