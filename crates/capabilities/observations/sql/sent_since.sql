select count(*) as n from observation_private where $1 <= kept_millis
