## Support that communes ask of the centre
room-support = Support
support-title = Support requests
support-lede = What communes ask of the centre, who takes it on, and what was done.
support-none-title = No request
support-none-text = Log the first request of a commune here.
support-count = { $count ->
    [0] No support request
    [one] { $count } support request
   *[other] { $count } support requests
 }{ $open ->
    [0] {"."}
   *[other] {", of which"} { $open } open.
 }
support-line = { $day }, { $area }: { $fate }.
support-see = See the support requests
support-log = Log the request
support-commune = Commune
support-domain = Area
support-text = Request
support-text-hint = In one or two sentences. No name of a person.
support-asked-on = Received on
support-asked-on-hint = Day, month, year. Empty: today. The quarter of this day counts it.
support-one = Support request, { $place }
support-received = Received on { $day }.
support-became = What became of it
support-asked = Request logged
support-assigned = Assigned
support-given = Support given
support-dropped = Left without support
support-assign = Assign
support-kind = Kind of provider
support-provider-centre = The centre itself
support-provider-service = Technical service of the State
support-provider-association = NGO or association
support-provider-bureau = Consultancy or company
support-provider-collectivite = Another local government
support-provider-partenaire = Partner from abroad
support-provider-autre = Other
support-provider = Provider
support-provider-hint = The name of the service, the association or the consultancy.
support-close = Close the request
support-report = Report
support-report-hint = What was done, with which result; or why nothing will be done.
support-closed-on = Ended on
support-closed-on-hint = Day, month, year. Empty: today. The quarter of this day counts the support.
support-give = Support was given
support-drop = Leave without support
support-fate-waiting = To assign
support-fate-assigned = Under way
support-fate-done = Given
support-fate-dropped = Without support
support-duty-assign = Assign a support request, { $place }
support-duty-close = Follow a support request, { $place }
support-logged = Log: { $count }
support-not-a-commune = { $place } is no commune. Choose the commune that asks.
support-no-domain = This area is not in the list. Choose one of it.
support-no-text = The request is missing. Write it in one sentence.
support-no-provider = The provider is missing. Write its name, or “the centre”.
support-no-report = The report is missing. Write what was done, or why nothing will be done.
support-long = This text is longer than { $longest } characters. Shorten it.
support-day = This date is no day past. Write a day up to { $today }.
support-before = Support cannot end before the request, received on { $asked }. Check the date.
support-closed = This request is closed already. Log a new request if the commune makes another.
support-old = This date lies too far back. Write a day from { $oldest } on, and check the year.
