select entry_mark, number, first_quarter, title, day, person, office, at_millis, post_id, content
from questionnaire_edition
where after_mark = $1
order by at_millis, entry_mark
