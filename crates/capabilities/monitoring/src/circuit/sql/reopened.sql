-- The closings that stand no more: somebody accepted for good, and nobody refused. The same,
-- whatever the order in which requests and answers came.
select distinct reopening.closing
from reopening
join reopening_answer as last on last.reopening = reopening.mark
where last.accepted = 1
  and last.needs_more = 0
  and not exists (
    select 1
    from reopening_answer as other
    where other.reopening = reopening.mark and other.accepted = 0
  )
order by reopening.closing
