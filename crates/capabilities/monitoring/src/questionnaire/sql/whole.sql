select entry_mark, at_millis, content from questionnaire_whole order by at_millis desc, entry_mark desc limit 1
