select seal from entry where arrival = $1
