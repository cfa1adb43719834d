-- The files taken in at this post, the latest last: the history of a cell looks for it in them.
select subject, max(arrival) as arrival
from entry
where kind = $1
group by subject
order by arrival desc
limit 400
