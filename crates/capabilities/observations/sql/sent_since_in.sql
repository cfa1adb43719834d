select count(*) as n from observation_private
where $2 <= kept_millis and id in (select id from observation where commune = $1)
