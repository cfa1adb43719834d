select code, commune, name, setting, persons, women, men, households
from territory_locality
where commune = $1
order by name, code
