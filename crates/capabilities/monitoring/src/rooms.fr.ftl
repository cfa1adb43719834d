# Les pages du suivi, dans l’ordre du travail.
room-entry = Saisie
room-alerts = Alertes
room-circuit = Circuit
room-indicators = Indicateurs
room-explorer = Explorer
room-reports = Rapports
room-questionnaire = Questionnaire
