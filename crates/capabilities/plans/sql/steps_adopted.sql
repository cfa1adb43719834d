-- What became of the lines of all the adopted plans that cover a year, oldest first.
select distinct s.mark, s.line, s.state, s.day, s.reason, s.paid, s.funding, s.office, s.rank
from plans_plan p
join plans_adoption a on a.plan = p.id
join plans_line l on l.plan = p.id
join plans_step s on s.line = l.line
where p.first_year <= $1 and $1 <= p.last_year
    and not exists (select 1 from plans_withdrawal w where w.mark = s.mark)
order by s.line, s.day, s.rank
