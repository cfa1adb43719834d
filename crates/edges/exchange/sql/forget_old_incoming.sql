-- The five latest stay: somebody may be looking at them.
delete from package_incoming
where incoming_id not in (
    select incoming_id from package_incoming order by received_millis desc, incoming_id limit 5
)
