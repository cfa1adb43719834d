select code, valid_from, valid_to, name, parent, unknown_parent, kind
from territory_version
where code = $1
order by valid_from
