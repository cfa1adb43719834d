select chosen from questionnaire_choice where after_mark = $1
