-- Which units have filed for which quarters. Reads: the choice of quarters of an official.
select quarter, unit
from filed_return
group by quarter, unit
