select distinct id from assessment_saving where commune = $1 order by id
