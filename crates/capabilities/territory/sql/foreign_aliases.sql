select alias from territory_foreign_alias where id = $1 order by alias
