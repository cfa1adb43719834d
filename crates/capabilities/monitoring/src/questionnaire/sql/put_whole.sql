insert into questionnaire_whole (entry_mark, at_millis, content)
values ($1, $2, $3)
on conflict (entry_mark) do nothing
