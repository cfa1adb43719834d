select content from recommendation where place = $1 order by quarter, arrival
