select id from observation
where commune = $1 and state in ('signalee', 'repondue', 'reglee')
order by day desc, id
limit $2
