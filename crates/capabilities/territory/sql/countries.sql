select code from territory_unit where level = 'pays' order by code
