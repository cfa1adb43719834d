select day, act, from_code, to_code, share, back
from territory_lineage
where country = $1
order by place
