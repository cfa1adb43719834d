insert into edition_draft_change (sheet, row_key, arrival, content)
values ($1, $2, $3, $4)
on conflict (sheet, row_key) do update
set content = excluded.content
