## The plan of the circuit, and its change by the nation
plan-title = Circuit and deadlines
plan-lede = Who files, closes, validates and publishes, where, and by which day.
plan-caption = The circuit in force and to come
plan-act = Step
plan-act-deposer = File the forms
plan-act-clore = Close the quarter
plan-act-valider = Validate the quarter
plan-act-publier = Publish the quarter
plan-within = Within
plan-everywhere = The whole country
plan-takes = Taken by
plan-level-commune = the commune
plan-level-cercle = the cercle
plan-level-region = the region or the District
plan-level-national = the nation
plan-or = {", else "}
plan-days = Days after the quarter
plan-from = From
plan-always = the beginning
plan-state-now = In force
plan-state-later = To come
plan-state-before = Replaced
plan-remove = Take out
plan-how = The row of the nearest place counts. For one place, the last row that has begun counts. Old quarters keep their circuit.
plan-add = Change the circuit
plan-from-hint = The quarters before keep their circuit.
plan-within-hint = Code of a commune, a cercle or a region. Empty: the whole country.
plan-delay = Delay
plan-delay-hint = Counted from the last day of the quarter.
plan-delay-unit = days
plan-direct = Close directly at the region or the District
plan-direct-hint = For the step “Close”: this place no longer goes through a cercle.
plan-to = Validated by another place
plan-to-hint = For the step “Validate”: code of the region that validates instead of its own.
plan-look = See what changes
plan-look-questions = See this change
plan-write = Record the circuit
plan-reason = Reason
plan-reason-hint = All posts read it with the new circuit.
plan-seen = { $count ->
    [0] Nothing changes for the { $quarter }
    [one] One unit changes from the { $quarter } on
   *[other] { $count } units change from the { $quarter } on
 }
plan-seen-questions = Validation will ask something else of blocking questions
plan-seen-caption = What changes
plan-seen-hint = Nothing is written yet.
plan-before = Before
plan-after = After
plan-units = Units
plan-nobody = nobody
plan-done = The circuit is recorded. It goes to the posts with the next package.
plan-questions = Blocking questions
plan-questions-label = Before a validation, each blocking question must
plan-questions-rien = have nothing: validation does not wait
plan-questions-reponse = have an answer
plan-questions-cloture = be settled
plan-history = Circuits recorded
plan-number = Circuit no. { $number }
plan-quarter = A change may begin with the quarter { $first }, not before. Quarters passed on keep their circuit. Choose a quarter of the list.
plan-delay-wrong = The delay counts from 0 to { $longest } days. Write a whole number, for instance 15.
plan-to-wrong = Only a validation may be given to another place. Empty this field, or choose the step “Validate”.
plan-place = “{ $place }” is no place of this country’s circuit. Take the code of a commune, a cercle or a region.
plan-office = “{ $place }” validates nothing. Take the code of a region or of the District.
plan-direct-wrong = Only a closing goes directly to the region. Untick the box, or choose the step “Close”.
plan-begun = This row has begun: quarters follow it. Add a row from a quarter to come on.
plan-full = The circuit has { $most } rows already. Take out a row to come, or change it.
plan-same = Nothing changes. Change a field, then look again.

## Terms
terms-title = Deadlines
terms-lede = What is due on { $day }, and by which day. This page can be printed.
terms-mine = What is yours to do
terms-mine-caption = Your steps
terms-nothing = You owe nothing today.
terms-what = To do
terms-until = By
terms-missing = { $count ->
    [one] { $count } package is missing
   *[other] { $count } packages are missing
 }
terms-quarter = The days of the { $quarter }
terms-caption = The circuit of { $place }
terms-how = Promptness is counted by these days too.
duty-deposer = File the forms { $quarter }, { $place }
duty-clore = Close { $quarter }, { $place }
duty-valider = Validate { $quarter }, { $place }
duty-publier = Publish { $quarter }, { $place }
duty-missing = { $count ->
    [one] {"; "}{ $count } package is missing
   *[other] {"; "}{ $count } packages are missing
 }
duty-answer = Answer a question, { $place }: { $text }
duty-read = Read an answer, { $place }: { $text }
duty-reopening = Answer a request to reopen { $quarter }, { $place }
duty-sent-back = { $count ->
    [one] Look at { $count } figure again, { $quarter }
   *[other] Look at { $count } figures again, { $quarter }
 }
due-deposer = To be filed by { $day }.
due-clore = To be closed by { $day }.
due-valider = To be validated by { $day }.
due-publier = To be published by { $day }.

## What a mark is put under, and its slip
under-title = Under which formulas and which map
under-questionnaire = Questionnaire
under-edition = edition { $number }, hash { $hash }
under-map = Map
under-map-from = in force since { $day }
under-map-oldest = the oldest one known
under-territory = Territory
under-territory-value = { $count ->
    [one] { $count } commune
   *[other] { $count } communes
 }, hash { $hash }
under-circuit = Circuit
under-circuit-shipped = the original one
under-none = This mark is old: it states neither its formulas nor its map.
slip-title = Slip
slip-open = Slip to print
slip-closed = Closing
slip-validated = Validation
slip-published = Publication
slip-heading = { $step } of the { $quarter }
slip-by = On { $day }, { $who }
slip-code = Code: { $code }
slip-received = { $count ->
    [0] Nothing was received
    [one] { $count } package received
   *[other] { $count } packages received
 }
slip-caption = What the signature covers
slip-mark = Code of the package
slip-how = Two posts that read the same codes hold the same forms, the same formulas and the same map.
