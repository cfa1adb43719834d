select coalesce(max(n), 0) as n from register_partnership
