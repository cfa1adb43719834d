select mark, commune, payload from assessment_saving where id = $1 order by mark
