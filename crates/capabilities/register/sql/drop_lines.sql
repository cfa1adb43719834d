delete from register_line where n = $1
