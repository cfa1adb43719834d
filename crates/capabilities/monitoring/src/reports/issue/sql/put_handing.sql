insert into document_handed (place, quarter, document, arrival, content, person, office)
values ($1, $2, $3, $4, $5, $6, $7)
