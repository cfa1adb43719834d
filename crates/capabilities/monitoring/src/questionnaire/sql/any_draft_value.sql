select unit, period from draft_value order by period desc, unit limit 1
