insert into questionnaire_edition
    (entry_mark, after_mark, number, first_quarter, title, day, person, office, at_millis, post_id, content)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
on conflict (entry_mark) do nothing
