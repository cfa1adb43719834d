select max(number) as number from package where from_post = $1 and to_post = $2
