select id, country, level, name, country_note from territory_foreign where id = $1
