select name from source_mapping order by name
