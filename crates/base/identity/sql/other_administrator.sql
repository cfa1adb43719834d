select office_id
from office
where kind = $1 and office_id <> $2 and from_day <= $3 and (to_day is null or $3 <= to_day)
limit 1
