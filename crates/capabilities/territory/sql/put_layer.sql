insert into territory_layer (country, rank, mark, kind, content) values ($1, $2, $3, $4, $5)
