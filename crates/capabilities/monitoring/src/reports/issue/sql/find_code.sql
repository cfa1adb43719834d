select content, arrival, person, office, entry_hash
from issued_document
where arrival in (select arrival from issued_file where code = $1)
order by arrival
