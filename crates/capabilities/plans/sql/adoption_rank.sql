select rank from plans_adoption where plan = $1
