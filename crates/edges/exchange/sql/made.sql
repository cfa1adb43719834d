-- A receipt covers every package made before it, since each one holds all that was not receipted.
select
    package.to_post, package.number, package.made_millis, package.entries, package.bytes,
    package.person, min(package_receipt.accepted_millis) as accepted_millis
from package
left join package_receipt
    on package_receipt.from_post = package.from_post
    and package_receipt.to_post = package.to_post
    and package.number <= package_receipt.number
where package.from_post = $1
group by
    package.to_post, package.number, package.made_millis, package.entries, package.bytes,
    package.person
order by package.made_millis desc, package.to_post, package.number desc
limit $2
