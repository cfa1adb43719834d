select n, state from register_partnership where id = $1
