delete from entry where $1 < arrival
