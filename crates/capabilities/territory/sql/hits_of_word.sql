select distinct what, code, unit
from territory_token
where (token >= $1 and token < $2) or token = $3
