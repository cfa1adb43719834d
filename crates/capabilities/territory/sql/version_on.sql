select code, valid_from, valid_to, name, parent, unknown_parent, kind
from territory_version
where code = $1 and valid_from <= $2 and $2 < valid_to
