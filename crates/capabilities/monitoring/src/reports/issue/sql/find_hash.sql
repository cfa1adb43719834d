select d.content, d.arrival, d.person, d.office, d.entry_hash
from issued_file f join issued_document d on d.arrival = f.arrival
where f.hash like $1
order by d.arrival
