# The standard documents, their register, whom they reach.
documents-title = Documents of the quarter
documents-of = Documents – { $place }
documents-open-title = The quarter is open
documents-open-text = Figures may still change. Documents are drafts; they are issued once the quarter is closed.
documents-below-commune = Below
documents-below-cercle = The communes
documents-below-region = The cercles
documents-below-national = The regions
document-kind-rap-ccc = Activity report of the centre
document-kind-syn-clo = Synthesis for the local committee
document-kind-syn-cro = Synthesis for the regional committee
document-kind-syn-cno = Synthesis for the national committee
document-kind-fiche-com = Commune sheet
document-kind-fiche-part = Partnership sheet
document-kind-donnees = Open data
document-about-rap-ccc = Fourteen parts, from highlights to visa; definitions annexed. For the local committee and the regional officer.
document-about-syn-clo = Four pages at most: ten figures, the communes side by side, what calls for a decision, recommendations.
document-about-syn-cro = Six pages at most: twenty figures, the cercles side by side, three maps, the quality of the data.
document-about-syn-cno = Eight pages at most: the national dashboard, the regions side by side, gaps, coverage.
document-about-fiche-com = One page with pictograms, for the people: services, money, cooperation, accountability.
document-about-fiche-part = Two pages at most, for the partners and the public: local governments, convention, actions, timeline, results.
document-about-donnees = The published results, with their dictionary and licence.
document-state-issued = Issued, version { $version }, on { $day }
document-state-republished = Issued, version { $version }, on { $day }; the nation published this quarter again on { $again }
document-republished = The nation published this quarter again on { $day }. This document shows the figures of before.
document-state-ready = To be issued
document-state-draft = Draft
document-stage-closed = quarter closed by the cercle
document-stage-validated = quarter validated by the region
document-stage-published = quarter published
document-stage-register = according to the register
document-issue = Issue the document
document-issue-again = Issue a new version
document-issues = Versions issued
document-issued-told = Version { $version }, issued on { $day } ({ $office }), { $stage }.
document-code-word = Code:
document-size = { $size } kB
document-hashes = Hashes of the files
document-hand = Note who received it
document-handed-caption = Who received the document
document-to = Receiver
document-means = Means
document-day = Day
document-version = Version
document-hand-save = Note it
document-source-published = Publication of { $day }, position { $position } of the journal ({ $mark }).
issue-refused-open = The quarter { $quarter } is still open: its figures change. Close it first.
issue-refused-already = These very files are issued already: version { $version }, on { $day }. Nothing changed since.
issue-refused-large = This file is larger than { $size } MB. The register cannot keep it.
issue-refused-not-issued = This document is not issued yet. Issue it, then note who received it.
issue-refused-receiver = The receiver is missing. Write who received the document.
issue-refused-long = This text has { $found } characters: { $most } at most. Shorten it.
issue-refused-day = “{ $found }” is not a day in the past. Write the day, the month and the year: 20/01/2025.

report-to-documents = Documents of the quarter
report-to-recommendations = Recommendations
report-choose-document = Documents of this place
report-see-internal = See the internal edition, with restricted data and corrections
report-see-public = See the published edition

verify-title = Check a document
verify-link = Check a document
verify-lede = An issued document keeps its hash. Give the file, its hash, or the code at the foot of its pages.
verify-by-file = By the file
verify-file = File to check
verify-file-hint = PDF, DOCX, XLSX or ZIP, 16 MB at most. The file is read, then forgotten.
verify-by-mark = By hash or code
verify-mark = Hash or code
verify-mark-hint = The code has eight signs, like K7QF-2MNA. Eight digits of the hash are enough.
verify-button = Check
verify-no-file = No file was chosen. Choose one, then check.
verify-not-a-mark = This is neither a code nor a hash. Copy the eight signs at the foot of a page, or at least eight digits of the hash.
verify-unknown-title = Unknown document
verify-unknown-text = No issued document that this post knows has this hash or code. The file may have been changed, or it comes from a post of which nothing has arrived yet.
verify-known-title = Genuine document
verify-exists-title = A document of this code exists; compare it
verify-exists-text = A code can be copied: alone it proves nothing. Give the file or its whole hash.
verify-document = Document
verify-place = Place
verify-state = State
verify-latest = Latest version issued
verify-older = A later version exists
verify-see-latest = See it
verify-hash = Hash of the file

recommend-title = Recommendations – { $place }
recommend-crumb = Recommendations
recommend-kicker = Steering committee
recommend-new = New recommendation
recommend-text = Recommendation
recommend-owner-hint = The office or body that answers for it.
recommend-add = Add the recommendation
recommend-none = No recommendation
recommend-none-text = Those that the committee adopts are written here, with owner and due day.
recommend-caption = Recommendations and what became of them
recommend-quarter = Quarter
recommend-state-head = State
recommend-state-open = to do
recommend-state-under-way = under way
recommend-state-done = carried out
recommend-state-dropped = given up
recommend-follow = Say how far it is
recommend-note = Note
recommend-save = Save the state
recommend-missing-texte = The recommendation is missing. Write what is to be done.
recommend-missing-responsable = The owner is missing. Write who answers for it.
recommend-missing-echeance = The due day is missing. Choose a day.
recommend-too-long = This text has { $found } characters: { $most } at most. Shorten it.
recommend-day = “{ $found }” is not a date. Write the day, the month and the year: 30/06/2025.
recommend-past = The due day { $day } has passed already. Choose a day to come.
recommend-state = “{ $found }” is not a state. Choose one of the list.
report-recommend-before = What became of earlier recommendations
report-recommend-now = New recommendations
report-recommend-none = No earlier recommendation is on record.

## SYN-CLO
report-clo-kind = Quarterly synthesis
report-clo-title = Local steering committee – { $place }
report-clo-figures = Ten figures of the cercle
report-clo-side = The communes side by side
report-clo-decisions = What calls for a decision
report-clo-recommendations = What became of earlier recommendations
report-clo-cooperation = Cooperation: the view of the cercle
report-clo-side-caption = The communes side by side
report-clo-watch = { $value }, where attention is called at { $watch }.
report-clo-watch-note = The threshold of attention of each indicator is in the reference definitions. It ranks no commune.
report-clo-silent = Without any data for two quarters: { $names }.
report-clo-broken = Water points broken down at the end of the quarter: { $now }. At least { $long } were so at the end of the quarter before, by count.
report-clo-nothing = None of the ten figures calls for attention and all communes have reported.
report-clo-followed = Recommendations, quarter and year so far
report-clo-next = To be completed in session
report-clo-to-write = To be written
report-clo-renew = Agreements to be renewed
report-clo-forum = Next consultation forum
report-clo-next-note = Quarterly monitoring collects neither the term of agreements nor the day of the next forum.

## FICHE-COM
report-com-kind = Commune sheet
report-com-title = { $place }
report-com-identity = Identity
report-com-services = Services
report-com-money = Money of the commune
report-com-cooperation = Cooperation
report-com-told = What the commune told its people
report-com-people = inhabitants
report-com-villages = villages and quarters
report-com-council = councillors in office
report-com-plan = development plan (PDSEC)
report-com-plan-in-force = in force
report-com-no-plan = none in force
report-com-before = { $quarter }: { $value }
report-com-year = { $year }: { $value }
report-com-partners = Partners in the register: { $names }.
report-com-partners-more = Partners in the register: { $names }, and { $more } more.
report-com-say-nothing = The figure is not known.
report-com-say-I040 = Of 100 inhabitants, { $value } live within five kilometres of a health centre.
report-com-say-I047 = Of 100 F spent by health centres, { $value } F come from their revenue.
report-com-say-I060 = Pupils of the first cycle are { $value } for 100 children of 7 to 12.
report-com-say-I063 = A classroom holds { $value } pupils on average.
report-com-say-I081 = Of 100 inhabitants, { $value } have access to safe water, by the norm.
report-com-say-I082 = Of 100 water points, { $value } work.
report-com-say-I101 = Of 100 F due at the market, { $value } F are collected.
report-com-say-I120 = Of 100 births expected, { $value } are registered in time.
report-com-revenue = Revenue collected by origin
report-com-revenue-figure = Revenue collected since the beginning of { $year }, by origin
report-com-revenue-text = One bar an origin: taxes, own revenue, state grants, ANICT, cooperation, other funds.
report-com-origin = Origin
report-com-amount = Amount (FCFA)
report-com-told-unknown = The commune did not say how many public accountability meetings it held this quarter.
report-com-told-none = The commune held no public accountability meeting this quarter.
report-com-told-some = Public accountability meetings held this quarter: { $meetings }. People present: { $people }.
report-com-told-next = Next meeting: on ……………………………  at ……………………………

## What the register says
partners-none = The register knows no partnership of this place.
partners-caption = Partnerships on the register ({ $count })
partners-malian = Local government
partners-foreign = Partner
partners-country = Partner country
partners-country-caption = Partnerships by country
partners-since = Since
partners-status = Status
partners-status-caption = Partnerships by status
partners-count = Partnerships
partners-other-countries = Other countries
partners-sentence = The register counts { $count } partnerships with local governments of { $countries } countries.
partners-note = Source: register of partnerships. A status that no source gives stays unknown: nothing is supposed.

## SYN-CRO and SYN-CNO
report-gaps-figure = Half of the communes stand between the first and the last dot of each line
report-gaps-finding = Communes are furthest apart for “{ $indicator }”: half of them stand between { $low } and { $high }%
report-gaps-figure-text = For each indicator in per cent, three dots: first quarter, middle, third quarter of the communes.
report-map-few = { $indicator }: { $count ->
    [0] no data this quarter
   *[other] data of one commune only this quarter, no map
 }.
report-coverage = { $answered } of { $communes } { $communes ->
    [1] commune
   *[other] communes
 } { $answered ->
    [1] has
   *[other] have
 } data. Map on { $day }: { $cercles } { $cercles ->
    [1] cercle
   *[other] cercles
 }, { $communes } { $communes ->
    [1] commune
   *[other] communes
 }.
report-rules-caption = Rules that warn most often
report-rules-sort = Gravity
report-rules-what = What the rule checks
report-rules-units = Alerts
report-rules-cross = Cross-check
report-origin-caption = Amounts committed by origin (FCFA)
report-annex-formulas = Formulas of the questionnaire { $mark }.
report-annex-map-same = The map is the same as in the quarter before.
report-annex-map = { $count } { $count ->
    [1] unit has changed
   *[other] units have changed
 } since the quarter before: { $names }.

## Quoted of the circuit
quoted-about = Question on { $place }: { $about }
quoted-corrections = Corrections of quarters already closed
quoted-before = Before
quoted-after = After
quoted-why = Why, by whom
quoted-more = And { $count } more corrections, in the journal.
national-data-of = National data of { $day } ({ $quarter })

## Open data
opendata-title = Open data
opendata-kicker = Monitoring of local governments
opendata-lede = One dataset a published quarter: results, dictionary, licence, hash. Its address does not change.
opendata-catalogue = DCAT catalogue
opendata-none = Nothing is published yet
opendata-none-text = Data appear here as soon as the nation publishes a quarter.
opendata-caption = Published datasets
opendata-dataset = Dataset
opendata-published = Published on
opendata-files = Files
opendata-not-issued = not issued yet
opendata-of = { $place }, { $quarter }
opendata-one-lede = The ZIP file is a Data Package: CSV files and their descriptor. The same bytes at each request.
opendata-licence = Licence
opendata-address = Stable address
opendata-withheld = Restricted data are absent below the threshold of publication and for a single commune.
opendata-dictionary = Dictionary
opendata-field = Field
opendata-type = Type
opendata-readme = Monitoring of local governments – { $place }, { $quarter }
    Published on { $day }. Licence: { $licence }.
    resultats.csv: one result an indicator and local government.
    indicateurs.csv: definitions, units, calculations.
    unites.csv: local governments on the last day of the quarter.
    dictionnaire.csv: each field of each file.
    datapackage.json: the descriptor (Frictionless Data Package).
    An absent value is not a zero. Restricted data below the threshold of publication, or of a single commune, are absent.
    No ranking of communes is published.
