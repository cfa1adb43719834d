select from_post, number, accepted_millis, entries, person
from package_receipt
where to_post = $1
order by accepted_millis desc, from_post, number desc
limit $2
