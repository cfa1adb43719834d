-- The quarters that some place passed on since. Reads: the figures held in memory.
select distinct quarter from quarter_state where $1 < arrival order by quarter
