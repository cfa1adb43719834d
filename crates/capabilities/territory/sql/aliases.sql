select alias from territory_alias where code = $1 order by alias
