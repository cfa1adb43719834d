select distinct unit
from territory_token
where what <> 'foreign'
    and ((token >= $1 and token < $2) or token = $3)
order by unit
