select distinct kind from entry where $1 < arrival order by kind
