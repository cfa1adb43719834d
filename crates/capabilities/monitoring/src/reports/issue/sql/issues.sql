select content, arrival, person, office, entry_hash
from issued_document
where place = $1 and quarter = $2
order by document, version, arrival
