select code, commune, name, setting, persons, women, men, households
from territory_locality
where code = $1
