-- The version in force on a day or, failing one, the latest: a village or a link may lead to a
-- unit that no longer exists.
select code, valid_from, valid_to, name, parent, unknown_parent, kind
from territory_version
where code = $1
order by
    case when valid_from <= $2 and $2 < valid_to then 0 else 1 end,
    unknown_parent,
    valid_from desc
limit 1
