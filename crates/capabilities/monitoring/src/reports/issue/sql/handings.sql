select content, person, office
from document_handed
where place = $1 and quarter = $2
order by arrival
