select count(*) as n from observation where commune = $1 and state in ('attente', 'question')
