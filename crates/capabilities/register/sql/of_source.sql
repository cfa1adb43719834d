select state from register_partnership where source = $1 order by line, n
