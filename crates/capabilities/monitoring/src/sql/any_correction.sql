select arrival from filed_correction limit 1
