crosscheck-title = Cross-check
crosscheck-lede = The figures of another service beside ours. Ours never change by themselves.
crosscheck-import = Import a yearbook
crosscheck-import-lede = Health, schools, water… any CSV, XLSX or ODS table will do. Nothing is written before you agree.
crosscheck-step-1 = Step 1 of 4
crosscheck-step-2 = Step 2 of 4
crosscheck-step-3 = Step 3 of 4
crosscheck-step-4 = Step 4 of 4
crosscheck-name = Name of the source
crosscheck-name-hint = For example: Health yearbook 2024. Next year, the same name finds the same columns.
crosscheck-file-hint = 8 MB at most. Numbers with spaces or commas are read.
crosscheck-no-name = Give the source a name, then choose the file again.
crosscheck-columns = The columns
crosscheck-known-mapping = This source was imported before.
crosscheck-known-mapping-text = Columns and places are proposed as the last time. Check them.
crosscheck-sheet = Sheet
crosscheck-heading-line = Line of headings
crosscheck-read-again = Read again
crosscheck-preview = Beginning of the table
crosscheck-where-when = Where and when
crosscheck-place-column = Column of places
crosscheck-choose = To choose
crosscheck-level = These places are
crosscheck-levels = { $level ->
    [cercle] cercles
    [region] regions
   *[commune] communes
}
crosscheck-above-column = Column of the cercle or region
crosscheck-above-hint = It tells two communes of one name apart.
crosscheck-no-such-column = None
crosscheck-period-column = Column of the period
crosscheck-period = Period of the whole table
crosscheck-period-hint = 2024 or 2024T4. To be filled if there is no column of periods.
crosscheck-what = The figures to compare
crosscheck-what-lede = Beside each column of figures, give our data. Leave empty what is not compared.
crosscheck-samples = Examples
crosscheck-our-data = Our data
crosscheck-factor = Multiply by
crosscheck-factor-hint = For example 1,000 if the other source counts in thousands and we in units.
crosscheck-twice-heading = heading twice
crosscheck-tolerance = Tolerance
crosscheck-tolerance-percent = Difference allowed, in per cent of our figure
crosscheck-tolerance-absolute = Difference allowed, in value
crosscheck-tolerance-hint = Either is enough for the figures to agree.
crosscheck-tolerance-is = Two figures agree within { $percent }%, or within { $absolute } in value.
crosscheck-to-places = Go on to the places
crosscheck-no-place = Choose the column that says the place.
crosscheck-no-period = Give the period of the table, or choose its column.
crosscheck-not-a-period = “{ $found }” is not a period. Write 2024 or 2024T4.
crosscheck-not-a-tolerance = “{ $found }” is not a tolerance. Write a positive number, or 0.
crosscheck-no-target = “{ $found }” is not a figure of the questionnaire. Choose one from the list.
crosscheck-not-a-factor = “{ $found }” does not multiply. Write a number other than 0, or 1.
crosscheck-no-column = No column is compared. Give our data beside one column at least.
crosscheck-level-below = “{ $found }” is collected above these places. Change the level of the places, or the data.
crosscheck-no-sum = “{ $found }” does not add up over places. Compare it at the level where it is collected.
crosscheck-yearly = “{ $found }” is a yearly figure. Give a year as the period.
crosscheck-places = The places
crosscheck-places-count = { $sure ->
    [one] One place is recognised.
   *[other] { $sure } places are recognised.
} { $asked ->
    [0] None is to be confirmed.
    [one] One is to be confirmed.
   *[other] { $asked } are to be confirmed.
}
crosscheck-places-known = { $count ->
    [one] One is filled in as the last time.
   *[other] { $count } are filled in as the last time.
}
crosscheck-places-asked = Places to confirm
crosscheck-places-sure = { $count ->
    [one] One recognised place
   *[other] { $count } recognised places
}
crosscheck-places-unsaid = { $count ->
    [one] One place is not confirmed. Choose ours, or leave its lines out.
   *[other] { $count } places are not confirmed. Choose ours, or leave their lines out.
}
crosscheck-written = Written in the file
crosscheck-is-ours = Our place
crosscheck-to-say = to confirm
crosscheck-leave-out = None of ours, leave out
crosscheck-nothing-near = None of our places is like it.
crosscheck-to-agree = Go on to the agreement
crosscheck-back-columns = Back to the columns
crosscheck-agree = The agreement
crosscheck-tile-places = Places
crosscheck-tile-absent = Cells without a figure
crosscheck-tile-left-out = Lines left out
crosscheck-tile-faulty = Refused cells
crosscheck-first = First values
crosscheck-all-or-nothing = The file is taken whole or not at all. Correct it, or do not compare these columns.
crosscheck-stays-apart = These values remain those of the other source. They travel up with the packages of the territory and replace no figure of ours.
crosscheck-load = Save and compare
crosscheck-faults = { $count ->
    [one] One cell cannot be read. Nothing was saved.
   *[other] { $count } cells cannot be read. Nothing was saved.
}
crosscheck-nothing = The file gives no value this way. Check the columns and the places.
crosscheck-loaded-before = This file is already saved with the same columns. Open it in the list.
crosscheck-percent = “{ $found }” is a percentage and our data is not. Do not compare this column.
crosscheck-not-a-number = “{ $found }” is not a number. Correct the cell, or empty it.
crosscheck-too-large = The number is too large. Check the multiplier.
crosscheck-twice = “{ $place }” already has a figure for this data and period. Remove one of the lines.
crosscheck-sources = Imported sources
crosscheck-none = No yearbook is imported yet.
crosscheck-none-text = The regional officer or the national cell imports one to compare.
crosscheck-col-source = Source
crosscheck-col-day = Imported on
crosscheck-col-values = Values
crosscheck-col-agreed = Agree
crosscheck-col-share = Share
crosscheck-col-open = Gaps
crosscheck-agreed-of = { $agreed }/{ $both }
crosscheck-all-decided = nothing to decide
crosscheck-open-count = { $count ->
    [one] one to decide
   *[other] { $count } to decide
}
crosscheck-result-lede = { $place }, figure by figure, beside the other source.
crosscheck-source-line = File: { $file }, imported on { $day }.
crosscheck-finding = { $both ->
    [0] No figure can be compared
    [one] { $agreed } figure out of { $both } agrees
   *[other] { $agreed } figures out of { $both } agree
}
crosscheck-chart-text = For each data, the share of figures that agree, in per cent.
crosscheck-nothing-to-compare = nothing to compare
crosscheck-agreement = Agreement by data
crosscheck-lists = Lists
crosscheck-see-ecarts = To decide
crosscheck-see-decides = Decided
crosscheck-see-absents = Missing on one side
crosscheck-see-accords = Agree
crosscheck-see-tous = All
crosscheck-list-differs = Gaps
crosscheck-list-absent = Missing on one side
crosscheck-standing-ecart = gap
crosscheck-standing-absent-ici = Missing here
crosscheck-standing-absent-la-bas = Missing there
crosscheck-standing-accord = agrees
crosscheck-gaps = Figures compared
crosscheck-col-code = Code of the place
crosscheck-col-place = Place
crosscheck-col-data-code = Code of the data
crosscheck-col-data = Data
crosscheck-col-period = Period
crosscheck-col-ours = Our figure
crosscheck-col-theirs = Other source
crosscheck-col-difference = Difference
crosscheck-col-percent = Difference (%)
crosscheck-col-standing = State
crosscheck-col-decision = Decision
crosscheck-col-proposed = Proposed figure
crosscheck-col-act = What to do
crosscheck-partial = { $part } answered
crosscheck-decide = Decide
crosscheck-decide-again = Decide again
crosscheck-reason = Reason
crosscheck-do-garder = Keep ours
crosscheck-do-expliquer = Explain
crosscheck-do-corriger = Ask to correct
crosscheck-decided-garder = Our figure is kept.
crosscheck-decided-expliquer = The gap is explained.
crosscheck-decided-corriger = The correction is asked for.
crosscheck-asked-by = { $office }, on { $day }
crosscheck-more = { $count ->
    [one] One more is in the XLSX file.
   *[other] { $count } more are in the XLSX file.
}
crosscheck-empty-list = This list is empty.
crosscheck-empty-list-text = Choose another list above.
crosscheck-no-gap = This figure has changed, or nothing is asked there. Read the page again.
crosscheck-no-reason = Write the reason of the decision, then try again.
crosscheck-long-reason = The reason is too long. Keep what matters.
crosscheck-not-one-cell = This figure is a sum of several cells. Correct them in their forms.
crosscheck-proposed = Corrections asked for
crosscheck-proposed-lede = Another source gives another figure. Check in your registers before taking it up.
crosscheck-take-up = Take up this figure
crosscheck-see-form = See the form
crosscheck-look-at-sum = Sum of several cells
crosscheck-taken-from = Figure taken up from another source: { $source }
room-crosscheck = Cross-check
crosscheck-other-code = Or its code
crosscheck-beside = What other sources say
crosscheck-beside-text = Their figures never replace ours.
