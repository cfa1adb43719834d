-- The first reason in the order of texts holds, whichever came first.
insert into plans_withdrawal (mark, reason)
values ($1, $2)
on conflict (mark) do update set reason = excluded.reason
where excluded.reason < plans_withdrawal.reason
