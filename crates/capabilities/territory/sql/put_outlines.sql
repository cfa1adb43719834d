insert into territory_outlines (rank, source, mention, file, hash, at_millis, places, codes, outlines)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
