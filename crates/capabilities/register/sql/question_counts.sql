select source, flag, count(*) as c
from register_question
group by source, flag
order by source, flag
