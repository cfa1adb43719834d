select rank, mark, kind, content from territory_layer where country = $1 order by rank
