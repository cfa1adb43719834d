-- Which units are being typed for which periods. Reads: the choice of quarters of an official.
select period, unit
from draft_value
group by period, unit
