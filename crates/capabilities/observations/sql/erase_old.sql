update observation_private set contact = '' where contact <> '' and kept_millis < $1
