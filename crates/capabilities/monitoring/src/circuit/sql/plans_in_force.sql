select content
from circuit_plan as it
where not exists (
    select 1
    from circuit_plan as later
    where later.nation = it.nation
        and (later.number > it.number or (later.number = it.number and later.mark > it.mark))
)
order by nation
