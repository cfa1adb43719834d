select code from territory_unit where official = $1 and code like '2023-%' order by code limit 1
