select code from territory_unit where former = $1 and level <> 'inconnu' order by code
