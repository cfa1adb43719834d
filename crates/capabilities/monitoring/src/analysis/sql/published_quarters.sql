select quarter
from quarter_state
where place = $1 and state = 'published'
group by quarter
order by quarter
