-- The days on which a map begins: a version begins, or one has ended.
select valid_from as day from territory_version
union
select valid_to as day from territory_version
order by day
