select unit, quarter from filed_return order by quarter desc, unit limit 1
