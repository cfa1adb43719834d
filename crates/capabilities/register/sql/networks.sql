select state from register_network where source = $1 order by line
