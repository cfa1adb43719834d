# The explorer of indicators and the files behind it.

## The page
analysis-title = Indicators
analysis-choose = Choose an indicator, a place, a quarter
analysis-choose-indicator = Indicator
analysis-choose-all = All the indicators
analysis-choose-place = Place
analysis-choose-quarter = Quarter
analysis-show = Show
analysis-print = Print (PDF)
analysis-to-report = Report of the quarter
analysis-overview-title = All the indicators – { $place }
analysis-overview-lede = { $known } of { $all } indicators have a value in { $quarter }.
analysis-overview-caption = Indicators of { $place }, { $quarter }
analysis-communes-answered = communes answered, at least in part
analysis-compare-title = { $count } indicators side by side – { $place }
analysis-compare-lede = { $level ->
    [commune] The communes
    [cercle] The cercles
   *[region] The regions
 } in alphabetical order, { $quarter }.
analysis-compare-caption = { $place }, { $quarter }
analysis-provisional-title = Provisional values
analysis-provisional-text = This quarter is not published yet. These values may change and stay between you and the monitoring circuit.
analysis-none = n/a
analysis-nd = “n/a”: not available. A missing value is not a zero.
analysis-incomplete = incomplete data
analysis-withheld = restricted
analysis-withheld-title = This value is not published
analysis-withheld-text = It counts too few people, or one commune alone. Ask the centre of the cercle if your work requires it.
analysis-list = { $first } and { $last }
analysis-names-and-more = { $names } and { $more } others
analysis-answered = { $answered }/{ $expected } { $level ->
    [commune] { $expected ->
        [1] commune
       *[other] communes
     }
    [cercle] { $expected ->
        [1] cercle
       *[other] cercles
     }
   *[other] units
 }
analysis-units-answered = { $level ->
    [commune] { $expected ->
        [1] commune answered
       *[other] communes answered
     }
   *[other] { $expected ->
        [1] cercle answered
       *[other] cercles answered
     }
 }
analysis-missing = No answer from:
analysis-level-commune = Commune
analysis-level-cercle = Cercle
analysis-level-region = Region
analysis-level-national = Country

## Sentences
analysis-lede-none = { $place } has no value in { $quarter }.
analysis-lede-plain = { $place }: { $value } in { $quarter }.
analysis-lede-year = { $place }: { $value } in { $quarter }, against { $before } a year earlier.
analysis-move-up = up
analysis-move-down = down
analysis-move-same = stable
analysis-moved-up = up over a year ({ $before })
analysis-moved-down = down over a year ({ $before })
analysis-moved-same = stable over a year
analysis-children-none = { $level ->
    [commune] No commune has
    [cercle] No cercle has
   *[region] No region has
 } a value this quarter
analysis-children-one = { $level ->
    [commune] One commune
    [cercle] One cercle
   *[region] One region
 } of { $all } has a value: { $low }
analysis-children-same = { $level ->
    [commune] The communes are all
    [cercle] The cercles are all
   *[region] The regions are all
 } at { $low }
analysis-children-range = { $level ->
    [commune] The communes go
    [cercle] The cercles go
   *[region] The regions go
 } from { $low } to { $high }, the whole being at { $whole }
analysis-series-none = No value over the period
analysis-series-first = First value in { $quarter }: { $now }
analysis-series-up = Up: { $before } in { $from }, { $now } in { $to }
analysis-series-down = Down: { $before } in { $from }, { $now } in { $to }
analysis-series-same = Stable at { $now }, from { $from } to { $to }
analysis-map-none = No value to show on the map
analysis-map-few = From { $low } to { $high }
analysis-map-same = { $count ->
    [1] One value: { $low }
   *[other] { $count } values, all at { $low }
 }
analysis-map-half = { $level ->
    [commune] Half of the communes are below { $middle }
    [cercle] Half of the cercles are below { $middle }
   *[region] Half of the regions are below { $middle }
 }, from { $low } to { $high }
analysis-bars-text = Horizontal bars: { $indicator }, one bar a unit, in alphabetical order.
analysis-line-text = Line quarter by quarter: { $indicator }, { $place }.
analysis-map-text = Map in five classes at most: { $indicator }. Units without data are hatched.
analysis-class = { $from } to less than { $to } { $unit }
analysis-class-last = { $from } to { $to } { $unit }
analysis-figure-source = { $indicator }, { $quarter }. Answers: { $answered }.
analysis-numbers = See the numbers
analysis-classes = See the classes
analysis-undrawn = Without an outline, hence not on the map:
analysis-no-map = No map: no outline is known for the units of { $place }.
analysis-left-over = { $count ->
    [1] One commune whose cercle is not known counts
   *[other] { $count } communes whose cercle is not known count
 } in the whole, without a row here.
analysis-more-rows = The first { $shown } rows of { $all }; the CSV file gives them all.

## Tables
analysis-tile-value = Value
analysis-tile-numerator = Numerator
analysis-tile-denominator = Denominator
analysis-col-code = Code
analysis-col-indicator = Indicator
analysis-col-place = Place
analysis-col-place-code = Code of the place
analysis-col-period = Quarter
analysis-col-value = Value
analysis-col-unit = Unit
analysis-col-numerator = Numerator
analysis-col-denominator = Denominator
analysis-col-respondents = Answers
analysis-col-answered = Answered
analysis-col-expected = Expected
analysis-col-missing = No answer
analysis-col-state = State
analysis-col-before = Quarter before
analysis-col-year-before = A year before
analysis-col-move = Over a year
analysis-col-class = Class
analysis-col-count = Number
analysis-children-caption = { $level ->
    [commune] The communes, { $place }, { $quarter }
    [cercle] The cercles, { $place }, { $quarter }
   *[region] The regions, { $place }, { $quarter }
 }
analysis-state-published = published
analysis-state-provisional = provisional
analysis-state-withheld = restricted, not published

## How a figure is made
analysis-definition = How this figure is computed
analysis-definition-sector = Sector
analysis-definition-formula = Formula
analysis-definition-numerator = Numerator
analysis-definition-denominator = Denominator
analysis-definition-making = Computation
analysis-definition-gathering = From one level to the next
analysis-definition-direction = Direction and rhythm
analysis-definition-rhythm = Rhythm
analysis-definition-source = Source
analysis-definition-note = Note
analysis-making-plain = The value is the numerator itself.
analysis-making-ratio = Numerator divided by denominator.
analysis-making-factor = Numerator divided by denominator, times { $factor }.
analysis-gathering-sum = Numerators are added, denominators too, then divided. Never a mean of rates.
analysis-gathering-recomputed = The formula is computed again on the added values of the communes that answered everything.
analysis-gathering-weighted = Mean of the communes, weighted by: { $weight }.
analysis-gathering-counted = Counted by the program, return by return, then added.
analysis-direction-up = A rise is wanted.
analysis-direction-down = A fall is wanted.
analysis-direction-neutral = Neither a rise nor a fall is wanted.
analysis-direction-one = Equality is wanted: a value of 1.
analysis-rhythm-quarter = Followed each quarter.
analysis-rhythm-year = Followed each year.
analysis-status-source = Notion named in a published document.
analysis-status-sector = The guide names the domain; the project proposes the data.
analysis-status-proposal = Proposed by the project, to be confirmed.
analysis-parameter = { $name } ({ $value })
analysis-part = { $name } ({ $parts })
analysis-function-cumul4 = sum, over four quarters, of: { $inner }
analysis-function-cumul-an = sum, since the beginning of the year, of: { $inner }
analysis-function-prec = period before of: { $inner }
analysis-function-prec4 = a year earlier: { $inner }
analysis-function-sieges = seats that the law sets for: { $inner }
analysis-function-oui = yes (1) or no (0): { $inner }
analysis-function-abs = magnitude of: { $inner }
analysis-function-max = the largest of: { $inner }
analysis-function-renseigne = 1 if the value is known, else 0: { $inner }
analysis-function-nb-communes = number of communes that answer
analysis-function-somme-communes = sum, over the communes, of: { $inner }
analysis-function-fiches-a-temps = returns that came in time
analysis-function-fiches-attendues = returns expected
analysis-function-cases-renseignees = mandatory cells filled in
analysis-function-cases-obligatoires = mandatory cells

## Refusals. The parameter stands in the address.
analysis-refused-indicator = Parameter “indicateur”: “{ $found }” does not exist. Take a code from the list, for instance I010.
analysis-refused-place = Parameter “lieu”: “{ $found }” does not exist. Look for its code on the page of the territory.
analysis-refused-quarter = Parameter “periode”: “{ $found }” is not a quarter. Write it as 2024T4.
analysis-refused-unpublished = Parameter “periode”: nothing is published for { $place } in { $quarter }. Choose a published quarter, or sign in if this place is yours.
analysis-refused-not-then = Parameter “lieu”: { $place } was not part of the map in { $quarter }. Choose another quarter or the place that came after it.
analysis-refused-nothing = Parameter “periode”: nothing is published yet for { $place }. Come back after the next publication, or sign in if this place is yours.
analysis-refused-two-countries = Parameter “lieu”: the address mixes places of two countries. Ask for them one after the other.
analysis-refused-too-many = Parameter “{ $parameter }”: { $most } values at most. Split the request.

## Files
analysis-book-title = Monitoring indicators of local governments
analysis-book-values = Values
analysis-book-definitions = Definitions
analysis-paper-kind = Monitoring indicator
analysis-paper-explained = How this figure is computed
analysis-source-questionnaire = Reference questionnaire for monitoring, version 1.0; definitions and formulas proposed by the project.
analysis-source-invented = Invented example data: they describe no real place.
analysis-source-provisional = Some values are provisional: the quarter is not published yet.
analysis-source-journal = Data of { $day }, position { $position } of the journal ({ $mark }).
analysis-source-empty = No data received.

## Captions
analysis-caption = { $indicator }. { $finding }

## Reports: the page
report-to-indicators = All the indicators
report-write = Write the texts of the report
report-not-written = Nobody has written yet.
report-written-by = Written by { $who } on { $day }.
report-field-highlights = Highlights of the quarter
report-field-highlights-hint = One fact a line, ten lines at most. To be written before the validation.
report-field-analysis = Qualitative analysis
report-field-analysis-hint = Trends, gaps between communes, explanations collected.
report-field-discussed = Date of the exchange with the regional monitoring officer
report-field-difficulties = Difficulties, solutions and plan of the next quarter
report-save = Save the texts
report-provisional-text = This quarter is not published yet. This report may change and stays between you and the monitoring circuit.
report-refused-lines = { $found } lines of highlights: { $most } at most. Keep the most important ones.
report-refused-long = This text has { $found } characters: { $most } at most. Shorten it.
report-refused-day = “{ $found }” is not a date. Write the day, the month and the year: 20/01/2025.
report-refused-empty = Nothing is written. Note at least one highlight.

## Reports: what they share
report-published = Published data
report-model = Model { $model }, questionnaire { $mark }.
report-state-open = Quarter open for entry
report-state-closed = Quarter closed at the cercle on { $day }
report-state-validated = Quarter validated by the region on { $day }
report-state-published = Quarter published on { $day }
report-total = Total
report-yes = yes
report-no = no
report-alphabetical = Alphabetical order: this table is not a ranking.
report-key-note = { $moved } over a year; { $answered }
report-col-item = Item
report-col-content = Content
report-col-measure = Measure
report-col-year = { $year } so far
report-col-definition = Definition and computation
report-col-supplier = Supplier of the data
report-col-answered-on = Answered on
report-book-title = Values of the report – { $place }
report-book-elements = Data
report-supplied-by = Supplier: { $supplier }.
report-formula = { $numerator }, related to { $denominator }.
report-formula-plain = { $numerator }.

## RAP-CCC
report-ccc-kind = Quarterly activity report
report-ccc-title = Advisory centre – { $place }
report-ccc-identity = Cover and identification
report-ccc-highlights = Highlights of the quarter
report-ccc-collection = State of the collection
report-ccc-support = Requests and advisory support
report-ccc-training = Training
report-ccc-brokering = Services and matching
report-ccc-councils = Life of the local governments
report-ccc-services = Services to the people
report-ccc-cooperation = Decentralised cooperation
report-ccc-centre = Running of the centre
report-ccc-analysis = Qualitative analysis
report-ccc-difficulties = Difficulties, solutions and plan of the next quarter
report-ccc-annexes = Annexes
report-ccc-visa = Visa

report-identity-caption = Identification of the report
report-identity-cercle = Cercle
report-identity-region = Region
report-identity-communes = Communes followed
report-identity-quarter = Quarter
report-identity-adviser = Adviser of the centre
report-identity-stopped = Data stopped on
report-identity-formulas = Version of the formulas
report-identity-state = State of the quarter
report-adviser-unknown = not recorded
report-not-closed = quarter not closed

report-highlights-missing = Highlights to be written
report-highlights-missing-text = Ten lines at most, before the validation. They are written on the page of this report.

report-returns-came = communes sent their return
report-deadline = deadline: { $day }
report-alerts-raised = alerts raised
report-alerts-open = { $count ->
    [0] all were answered
    [1] one awaits an answer
   *[other] { $count } await an answer
 }
report-late-none = No return came late.
report-late-some = { $count ->
    [1] One return came late
   *[other] { $count } returns came late
 }: { $names }.
report-absent-none = No commune is missing.
report-absent-some = { $count ->
    [1] One commune sent nothing
   *[other] { $count } communes sent nothing
 }: { $names }. No figure is estimated in their place.
report-no-alert = No alert was raised.
report-alerts-sentence = The controls raised { $blocking ->
    [0] no blocking alert
    [1] one blocking alert
   *[other] { $blocking } blocking alerts
 } and { $warnings ->
    [0] no warning
    [1] one warning
   *[other] { $warnings } warnings
 }.
report-alerts-answered = { $count ->
    [0] No figure was maintained with a reason.
    [1] One figure was maintained with a reason.
   *[other] { $count } figures were maintained with a reason.
 }
report-alerts-left = { $count ->
    [0] No alert awaits an answer any more.
    [1] One alert still awaits an answer.
   *[other] { $count } alerts still await an answer.
 }
report-collection-caption = Returns of the communes
report-collection-note = “Completeness”: share of the mandatory cells of the quarter that hold a value.
report-col-received = Return came on
report-col-in-time = In time
report-col-filled = Cells filled
report-col-complete = Completeness (%)
report-col-alerts = Alerts
report-not-received = not received

report-support-sentence = The centre received { $asked } requests and gave { $given } advisory supports this quarter.
report-support-figure = Requests received ({ $asked }) and support given ({ $given }), by domain
report-support-text = For each domain, a dot for the requests received and a dot for the support given.
report-support-caption = Requests and support by domain
report-col-domain = Domain of support
report-col-asked = Requests
report-col-given = Support
report-col-asked-year = Requests, { $year } so far
report-col-given-year = Support, { $year } so far

report-training-sentence = { $sessions } training sessions were held, { $days } days in all, for { $people } participants and a cost of { $cost } FCFA.
report-trained-caption = Participants trained, by public and sex
report-col-public = Public
report-training-caption = Training, quarter and year so far
report-brokering-caption = Contracts concluded through the centre
report-councils-caption = Life of the councils, this quarter
report-means-caption = Means, plan and cooperation
report-services-caption = Services to the people, whole cercle
report-services-communes = Services to the people, by commune
report-cooperation-sentence = The communes have { $partnerships } active partnerships, { $agreements } agreements in force and { $actions } actions under way, { $planned }% of them in the development plan. They received { $received } FCFA this quarter.
report-cooperation-caption = Decentralised cooperation, quarter and year so far
report-cooperation-communes = Decentralised cooperation, by commune
report-by-hand-title = To be completed by the centre
report-by-hand-text = Agreements that end within twelve months; calls for funds that wait. The quarterly monitoring does not collect these two lists.
report-centre-sentence = { $members } local governments of { $all } are members of the centre, that is { $rate }%.
report-centre-caption = Running of the centre
report-analysis-missing = The qualitative analysis is still to be written: trends, gaps between communes, explanations collected.
report-discussed = Analysis read again with the regional monitoring officer on { $day }.
report-not-discussed = The date of the exchange with the regional monitoring officer is not recorded.
report-difficulties-caption = Difficulties, solutions, persons in charge, deadlines
report-col-difficulty = Difficulty
report-col-solution = Solution
report-col-responsible = In charge
report-col-due = Deadline
report-annex-communes = Sheets of the communes
report-annex-alerts = Alerts and comments
report-annex-definitions = Definitions and formulas used
report-alerts-caption = Alerts raised and reasons given
report-col-rule = Rule
report-col-finding = Finding
report-col-comment = Reason given
report-answered-by = ({ $office }, { $day })
report-unanswered = No answer.
report-definitions-caption = Definitions
report-visa-text = The code at the foot of each page is the fingerprint of this document. The same data give the same code.
report-visa-writer = The writer, adviser of the centre
report-visa-validator = The validator, regional monitoring officer

## SYN-CRO and SYN-CNO
report-cro-kind = Quarterly synthesis
report-cro-title = Regional steering committee – { $place }
report-cro-figures = Twenty figures of the region
report-cro-side = The cercles side by side
report-cro-maps = Maps
report-cro-quality = Quality of the data
report-cro-analysis = Regional qualitative analysis
report-cro-cooperation = Decentralised cooperation in the region
report-cro-recommendations = Recommendations and what followed
report-cno-kind = Quarterly synthesis
report-cno-title = National steering committee – { $place }
report-cno-figures = National dashboard
report-cno-side = The regions side by side
report-cno-gaps = Gaps
report-cno-cooperation = Decentralised cooperation: national state
report-cno-quality = Coverage and quality
report-cno-analysis = Analysis and recommendations
report-cno-annex = Annex: definitions and formulas
report-side-caption = Units side by side
report-quality-caption = Timeliness and completeness of the returns of the communes
report-gaps-caption = Spread of the communes
report-col-least = Least
report-col-quarter = 1st quarter
report-col-middle = Middle
report-col-three-quarters = 3rd quarter
report-col-most = Most
report-col-known = Communes

## Small additions
report-invented = Invented example data.
report-formula-factor = { $numerator }, related to { $denominator }, × { $factor }.
report-definitions-note = Unless said otherwise, numerators and denominators are added from one level to the next, then divided. Never a mean of rates.
analysis-withheld-note = “restricted”: too few people, or one commune alone; the value is not published.
report-support-met = Over four quarters, { $value }% of the requests were met.
report-support-visits = The centre made { $value } field visits.
report-training-women = Over four quarters, women are { $value }% of the participants.
report-form-empty = The form that gives these figures is not filled in for this quarter.
analysis-nothing-title = No quarter to show
analysis-nothing-text = Indicators appear here as soon as a quarter is published.
analysis-nothing-next = If you enter or follow values, sign in: you will see those of your territory.
analysis-pictures = In pictures
