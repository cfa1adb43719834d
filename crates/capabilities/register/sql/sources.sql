select name, title, hash, lines, note from register_source order by name
