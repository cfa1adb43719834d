insert into source_mapping (source_key, name, content)
values ($1, $2, $3)
on conflict (source_key) do update set name = excluded.name, content = excluded.content
