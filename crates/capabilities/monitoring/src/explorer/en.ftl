# The explorer: the question, the answer, the words around it.
explorer-title = Explore the figures
explorer-title-by = { $measures }, by { $split }
explorer-question = The question
explorer-what = What
explorer-what-none = No data chosen
explorer-where = Where
explorer-when = When
explorer-change = Change
explorer-more = Other settings
explorer-start-title = What would you like to know?
explorer-start-text = Choose indicators or data, then places and periods. The address of the page holds the whole question: you can share it.
explorer-choose-measures = Choose data
explorer-choose-measures-lede = Tick what you want to see together, then show it. Searching keeps what the answer already shows.
explorer-choose-places = Choose places
explorer-choose-places-lede = Tick one place or several. The detail below them is set on the page of the answer.
explorer-search = Search
explorer-search-hint = A word of the name, the sector, the definition, or a code: water, girls, I061.
explorer-search-place-hint = A part of the name, or the code. Accents do not count.
explorer-find = Search
explorer-kept = Chosen already
explorer-found = { $count ->
    [0] Nothing has these words.
    [1] 1 item
   *[other] { $count } items
 }
explorer-places-found = { $count ->
    [0] No place has this name.
    [1] 1 place
   *[other] { $shown } places shown of { $count }
 }
explorer-within = In { $place }
explorer-indicators = Indicators
explorer-elements = Data collected
explorer-depth = Detail of places
explorer-depth-dessous = Directly below
explorer-depth-seul = The places alone
explorer-depth-region = All regions
explorer-depth-cercle = All cercles
explorer-depth-commune = All communes
explorer-depth-national = The country
explorer-last-quarters = { $count ->
    [1] Last quarter
   *[other] Last { $count } quarters
 }
explorer-last-years = { $count ->
    [1] Last year
   *[other] Last { $count } years
 }
explorer-written = Or write the periods
explorer-written-hint = 2024T4, 2023T1-2024T4, 2019-2024, 8T for eight quarters, 5A for five years; between commas.
explorer-split = Split by
explorer-split-none = Not split
explorer-whole = All
explorer-across = In columns
explorer-axis-lieux = Place
explorer-axis-mesures = Data
explorer-axis-ventilations = Split
explorer-axis-periodes = Period
explorer-map = Boundaries
explorer-map-of-then = Those of each period
explorer-map-of-now = Today’s
explorer-map-from = Since { $day }
explorer-map-of-day = Those of { $day }
explorer-version = Figures
explorer-version-travail = As they stand today
explorer-version-publiee = As published
explorer-shape = Shape of the answer
explorer-shape-tableau = Table
explorer-shape-barres = Bars
explorer-shape-courbes = Lines
explorer-shape-points = Dots
explorer-shape-vignettes = Small charts
explorer-shape-carte = Map
explorer-shape-cercles = Circles
explorer-no-picture = This shape does not suit the question
explorer-no-tableau = The table is below.
explorer-no-barres = Bars show at most 60 places. Choose a wider detail, or the map. The numbers are in the table.
explorer-no-courbes = Lines need at least two periods of one kind and a place as a whole. Choose eight quarters, for instance.
explorer-no-points = Dots compare at most four parts, or the first and the last period. Choose a shorter split.
explorer-no-vignettes = Small charts show at least two periods of one kind and at most 80 places.
explorer-no-carte = The map needs at least two places whose outline is known. The numbers are in the table.
explorer-no-cercles = The map of circles needs at least two places whose outline is known. The numbers are in the table.
explorer-sum = Total
explorer-year = year { $year }
explorer-unseen = not published
explorer-not-then = not then
explorer-places-count = { $count } places
explorer-places-by = { $places }, { $level ->
    [commune] by commune
    [cercle] by cercle
   *[other] by region
 }
explorer-measures-count = { $count } items
explorer-answered = { $level ->
    [commune] { $expected ->
        [1] commune answered
       *[other] communes answered
     }
   *[other] { $expected ->
        [1] cercle answered
       *[other] cercles answered
     }
 } ({ $period })
explorer-more-rows = { $shown } rows shown of { $all }: the files have them all.
explorer-more-columns = { $shown } columns printed: the files have them all.
explorer-level-commune = commune
explorer-level-cercle = cercle
explorer-level-region = region
explorer-level-national = country
explorer-col-level = Level
explorer-sheet = Table
explorer-paper-kind = Answer of the explorer

## What the answer shows
explorer-finding-whole = { $place }, { $period }: { $value }.
explorer-finding-whole-none = { $place }, { $period }: no value.
explorer-finding-whole-up = { $place }, { $period }: { $value }, up from { $before } ({ $from }).
explorer-finding-whole-down = { $place }, { $period }: { $value }, down from { $before } ({ $from }).
explorer-finding-whole-same = { $place }, { $period }: { $value }, as at the start ({ $from }).
explorer-finding-none = { $level ->
    [commune] No commune has
    [cercle] No cercle has
   *[other] No region has
 } a value ({ $period }).
explorer-finding-whole-withheld = { $place }, { $period }: restricted value.
explorer-finding-withheld = { $level ->
    [commune] The values of the communes
    [cercle] The values of the cercles
   *[other] The values of the regions
 } are restricted ({ $period }).
explorer-finding-one = { $level ->
    [commune] One commune
    [cercle] One cercle
   *[other] One region
 } of { $all } has a value: { $low }.
explorer-finding-same = { $level ->
    [commune] The communes that have a value are all
    [cercle] The cercles that have a value are all
   *[other] The regions that have a value are all
 } at { $low }.
explorer-finding-range = { $count } { $level ->
    [commune] communes
    [cercle] cercles
   *[other] regions
 } of { $all } have a value, from { $low } to { $high }.
explorer-finding-moves = From { $from } to { $to }, the value rises in { $up } { $level ->
    [commune] { $up ->
        [1] commune
       *[other] communes
     }
    [cercle] { $up ->
        [1] cercle
       *[other] cercles
     }
   *[other] { $up ->
        [1] region
       *[other] regions
     }
 }, falls in { $down } and stays the same in { $same }.
explorer-finding-part = { $part }: { $value }
explorer-finding-coverage = { $measures } items, { $places ->
    [1] 1 place
   *[other] { $places } places
 }, { $periods ->
    [1] 1 period
   *[other] { $periods } periods
 }: { $known } figures known of { $all }.
explorer-lines-many = More than six lines would cross each other: only that of the whole is drawn. Small charts show each place.
explorer-text-bars = Horizontal bars, one for each place, part or period: { $measure }. { $places }.
explorer-text-lines = Lines over time: { $measure }. { $places }.
explorer-text-dots = One row for each place, one dot for each part or period: { $measure }. { $places }.
explorer-text-multiples = A small line for each place, all on one scale: { $measure }. { $places }.
explorer-text-map = Map in shades: { $measure }. { $places }.
explorer-text-symbols = Map of circles whose area follows the value: { $measure }. { $places }.

## What must be known to read it
explorer-caution-small = { $measure }: { $count ->
    [1] { $level ->
        [commune] 1 commune has
        [cercle] 1 cercle has
       *[other] 1 region has
     }
   *[other] { $count } { $level ->
        [commune] communes have
        [cercle] cercles have
       *[other] regions have
     }
 } a denominator below { $small }. A single case moves the rate a lot there.
explorer-caution-years = A year adds the four quarters of what is counted as it happens, and takes the end of the year for the rest. If a quarter is missing, it has no value.
explorer-map-steady = Boundaries: each period on its own; they have not changed for these places.
explorer-map-then = Boundaries: each period on its own. { $count ->
    [1] 1 place does
   *[other] { $count } places do
 } not belong to the same place in all periods: the totals above do not always cover the same places.
explorer-map-now = Boundaries: today’s for all periods. A commune counts where it belongs today; one that was divided counts in its parts by the known shares, or else in the place that holds them.
explorer-map-on = Boundaries: those of { $day } for all periods. A commune counts where it belonged that day; one that was divided counts in its parts by the known shares, or else in the place that holds them.

## One figure explained
explorer-figure = One figure explained
explorer-onward = Go further
explorer-to-indicator = The page of this indicator
explorer-to-below = The places below
explorer-to-time = This figure over time
explorer-to-split = The same, by { $split }
explorer-year-end = For a year, the formula is read at the end of the year.
explorer-year-sum = For a year, the four quarters of each flow are added first.

## Refusals
explorer-refused-nothing = No data are chosen. Choose indicators or data, then ask for the file.
explorer-refused-measure = “{ $found }” is neither an indicator, nor a counted data element, nor one of their parts. Choose in the list of data.
explorer-refused-place = No place has the code “{ $found }”. Choose in the list of places.
explorer-refused-time = “{ $found }” is no period. Write 2024T4, 2019-2024, 8T or 5A, for instance.
explorer-refused-split = “{ $found }” is no split. Choose in the list.
explorer-refused-word = “{ $found }” is not understood for “{ $parameter }”. Go back to the page and choose in the list.
explorer-refused-two-countries = The places chosen lie in two countries. Keep the places of one country.
explorer-refused-too-many = The question has more than { $most } values for “{ $parameter }”. Take some away.
explorer-refused-too-large = The answer would have { $found } figures; the most is { $most }. Ask for fewer places, periods or data.

## Kept questions and notes
kept-title = Kept questions
kept-lede = A kept question is asked again on the figures of the day. With a few words it becomes a note of one page.
kept-group-person = For me
kept-group-place = For my place
kept-group-everybody = For everybody
kept-none-title = No kept question
kept-none-text = Ask a question in the explorer, then keep it.
kept-hint = Copy takes the question up under another name, without touching the first.
kept-new = Keep the question
kept-edit = Change the kept question
kept-form-lede = The address of the question is kept with its name. The figures are read again each time.
kept-name = Name, or the question as it was asked
kept-name-hint = For instance: How is girls’ schooling doing, by cercle, from 2019 to 2024?
kept-sharing = Who sees it
kept-sharing-person = I alone, at this post
kept-sharing-place = Those who work at my place, above and below it
kept-sharing-everybody = Everybody
kept-as-note = Make a note of it
kept-as-note-hint = The note stands on one page: your words, a chart, a map, the table, the rule for boundaries and the sources.
kept-see-answer = See the answer
kept-note = Note
kept-change = Change
kept-copy = Copy
kept-retire = Retire
kept-keep = Keep this question
kept-public = Ready-made questions
note-restricted = Holds restricted data, not to be passed on.
note-kind = Note
note-asked-by = Asked by
note-asked-on = Asked on
note-text = What you say of it
note-text-hint = A few sentences: what explains, what is missing, what remains to be checked. An empty line makes a paragraph.
kept-refused-name = The question has no name. Write one in a few words.
kept-refused-long = The text has { $found } characters; the most is { $most }. Shorten it.
kept-refused-day = “{ $found }” is not a day. Write 2025-01-20, for instance.
kept-refused-office = You have no office at a place. Ask the administrator of the post to add it.
kept-refused-narrowed = This question is shared already: other posts may have received it. Copy it for yourself, then retire this one.
kept-refused-unknown = This question is no more. Go back to the list.
kept-replace = Replace the kept question
kept-rethink = Change indicators, places or periods
kept-other-question = The question has changed
kept-other-question-text = It replaces the old one when you save.
