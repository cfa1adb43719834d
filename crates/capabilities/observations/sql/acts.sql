select mark, kind, office, reason, payload, commune from observation_act where id = $1 order by mark
