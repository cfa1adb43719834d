insert into package_receipt (
    from_post, to_post, number, accepted_millis, entries, hash, person, life
)
values ($1, $2, $3, $4, $5, $6, $7, $8)
on conflict (from_post, to_post, life, number) do nothing
