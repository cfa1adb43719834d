select min(quarter) as first_quarter, max(quarter) as last_quarter from filed_return
