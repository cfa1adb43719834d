delete from register_token where n = $1
