insert into questionnaire_state (slot, entry_mark)
values (1, $1)
on conflict (slot) do update set entry_mark = excluded.entry_mark
