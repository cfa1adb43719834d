select id from observation
where state in ('signalee', 'repondue', 'reglee')
order by day desc, id
limit $1
