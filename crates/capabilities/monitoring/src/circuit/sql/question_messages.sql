select said.mark, said.question, said.number, said.body, said.closes, said.quoted, said.place,
    said.person, said.office, said.day
from question_message as said
join question on question.mark = said.question
where question.quarter = $1
order by said.question, said.number, said.mark
