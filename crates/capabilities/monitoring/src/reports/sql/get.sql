select content, person, office, known_millis
from report_text
where place = $1 and quarter = $2
