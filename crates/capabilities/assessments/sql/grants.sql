select mark, kind, payload from assessment_grant where commune = $1 order by mark
