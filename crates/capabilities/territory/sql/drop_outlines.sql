delete from territory_outlines where rank = $1
