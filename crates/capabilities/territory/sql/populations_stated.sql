select code, year, source, persons, households, corrected
from territory_population
where code = $1
order by year, source, corrected
