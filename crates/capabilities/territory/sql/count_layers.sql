select
    count(*) as all_layers,
    cast(coalesce(sum(case when kind = 'lines' then 0 else 1 end), 0) as bigint) as acts
from territory_layer
where country = $1
