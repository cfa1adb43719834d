insert into post_life (post_id, life, earlier) values ($1, $2, $3)
on conflict (post_id, life, earlier) do nothing
