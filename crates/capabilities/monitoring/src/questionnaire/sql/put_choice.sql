insert into questionnaire_choice (after_mark, chosen, at_millis, entry_mark)
values ($1, $2, $3, $4)
on conflict (after_mark) do update
set chosen = excluded.chosen, at_millis = excluded.at_millis, entry_mark = excluded.entry_mark
where (questionnaire_choice.at_millis, questionnaire_choice.entry_mark)
    < (excluded.at_millis, excluded.entry_mark)
