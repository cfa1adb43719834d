-- A receipt covers every package made before it in the same life of this post, since each one holds
-- all that was not receipted. Receipts of earlier programs name no life.
select
    package.to_post, package.number, package.made_millis, package.entries, package.bytes,
    package.person, package.life, min(package_receipt.accepted_millis) as accepted_millis
from package
left join package_receipt
    on package_receipt.from_post = package.from_post
    and package_receipt.to_post = package.to_post
    and package.number <= package_receipt.number
    and package_receipt.life in (package.life, '')
where package.from_post = $1
group by
    package.to_post, package.number, package.made_millis, package.entries, package.bytes,
    package.person, package.life
order by package.made_millis desc, package.to_post, package.number desc
limit $2
