-- What became of the lines of a plan, oldest first.
select s.mark, s.line, s.state, s.day, s.reason, s.paid, s.funding, s.office, s.rank
from plans_line l
join plans_step s on s.line = l.line
where l.plan = $1 and not exists (select 1 from plans_withdrawal w where w.mark = s.mark)
order by s.line, s.day, s.rank
