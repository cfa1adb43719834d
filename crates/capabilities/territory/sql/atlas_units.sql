select code, country, level, kind, official, former, latitude, longitude, point_kind, source, invented
from territory_unit
where country = $1
