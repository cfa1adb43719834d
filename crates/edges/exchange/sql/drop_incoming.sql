delete from package_incoming where incoming_id = $1
