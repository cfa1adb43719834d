select content, arrival, person, office, entry_hash
from issued_document
where document = $1
order by quarter, place, version, arrival
