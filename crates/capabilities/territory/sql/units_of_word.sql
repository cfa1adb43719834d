-- Units by the beginning of a word of their name; by the whole word, or its sound, of the name of
-- one of their villages, since the beginnings of eleven thousand village names find everything.
select distinct unit
from territory_token
where (what = 'unit' and token >= $1 and token < $2)
    or (what <> 'foreign' and token = $1)
    or (what <> 'foreign' and token = $3)
order by unit
