select kind, count(*) as entries, count(distinct subject) as subjects
from entry
where stream_id = $1 and $2 < seq
group by kind
order by kind
