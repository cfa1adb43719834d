select name, title, licence, hash, lines, note, invented from territory_source order by name
