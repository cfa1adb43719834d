select distinct commune from assessment_grant order by commune
