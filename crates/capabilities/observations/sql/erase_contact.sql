update observation_private set contact = '' where id = $1
