select quarter, day from published_result order by quarter desc, arrival desc limit 1
