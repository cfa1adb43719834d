select id, office, content from other_source order by arrival desc, id
