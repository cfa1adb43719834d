# The pages of monitoring, in the order of the work.
room-entry = Entry
room-alerts = Alerts
room-circuit = Circuit
room-indicators = Indicators
room-explorer = Explorer
room-reports = Reports
room-questionnaire = Questionnaire
