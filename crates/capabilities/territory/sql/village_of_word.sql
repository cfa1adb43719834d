select l.name
from territory_token t
join territory_locality l on l.code = t.code
where t.what = 'locality' and t.unit = $1 and (t.token = $2 or t.token = $3)
order by l.name, l.code
limit 1
