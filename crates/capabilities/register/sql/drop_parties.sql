delete from register_party where n = $1
