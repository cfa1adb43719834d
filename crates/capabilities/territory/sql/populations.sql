select code, year, source, persons, households
from territory_population
where code = $1
order by year, source
