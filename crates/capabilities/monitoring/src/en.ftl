# The words of entry, alerts and the circuit.

## The board
board-title = Monitoring,
board-quarters = Quarters
board-caption = Where each one stands
board-unit = Unit
board-cells = Mandatory cells
board-units = Units
board-cercles = Cercles
board-alerts = Alerts without an answer
board-day = Received on
board-late = Late
board-blocking = { $count } blocking
board-warning = { $count ->
    [one] { $count } warning
   *[other] { $count } warnings
 }
board-information = { $count } for information
board-in-cercle = units have values for { $quarter }
board-in-region = cercles have closed { $quarter }
board-in-nation = regions have validated { $quarter }
board-missing = Missing:
board-in-time = Forms received in time: { $share }.
board-under = { $count ->
    [one] { $count } unit
   *[other] { $count } units
 }
board-stage-closed = Closed on { $day }
board-stage-validated = Validated on { $day }
board-stage-published = Published on { $day }
progress-todo = To enter
progress-draft = Being entered
progress-filed = Filed
progress-closed = Closed
progress-validated = Validated
progress-published = Published

## For everybody
public-title = Monitoring of local governments
public-lede = The results published by the national cell, quarter by quarter.
public-quarters = Published quarters:
public-indicators = See the indicators
public-none-title = Nothing is published yet
public-none-text = Figures appear here when the national cell publishes a quarter. Meanwhile, look at the register.

## The forms of a unit
forms-title = Forms,
forms-due = To be filed by { $day } at the latest.
forms-due-cells = mandatory cells of the quarter
forms-empty = Empty
forms-begun = Begun
forms-whole = Complete
forms-doubted = Warning
forms-blocked = Blocked
forms-file = File the forms
forms-file-hint = You can still correct and file again until the cercle closes the quarter.
forms-receipt = Forms filed on { $when }. Receipt code: { $code }

## The grid
entry-tier = Extent of the form
entry-core = Core
entry-complete = Complete
entry-cells-answered = cells answered
entry-from-registry = From the registry of plans: { $value }.
entry-from-registry-see = See the programme of the year
entry-keys = Enter: next cell. Shift+Enter: previous cell. Type NSP if nobody knows; zero is typed.
entry-note = Note, source
entry-comment = Note
entry-source = Source (register, date)
entry-history = History of the cell
entry-theirs = Another person ({ $who }) is typing this cell. Take the draft over to change it.
entry-theirs-head = This form is another person’s draft
entry-theirs-title = { $count ->
    [one] { $who } typed { $count } cell in it, last on { $instant }.
   *[other] { $who } typed { $count } cells in it, last on { $instant }.
 }
entry-take-over = Take this draft over
entry-somebody = Another person
history-lede = All the values of the cell, the latest first, as the journal keeps them.
history-none = This cell never had a value
history-empty = Empty
history-typed = Typed, draft
history-imported = Imported from a file, draft
history-taken-over = Draft taken over by another person
history-filed = Filed with the form
history-corrected = Corrected by a file
history-source = Source:
history-reason = Reason:
entry-total = Total
entry-total-so-far = Total so far
entry-form-saved = { $count ->
    [0] Nothing has changed.
    [one] { $count } cell saved.
   *[other] { $count } cells saved.
 }
entry-saved-at = Saved at { $time }
entry-unsaved = Not saved. Your text stays here; the program tries again.
entry-session = Not saved: the session is closed. Open it again in another tab; your text stays here.
entry-waiting = Cells not saved:
entry-all-forms = All forms
entry-other-forms = Other forms
entry-locked-title = These values are locked
entry-changed = { $who } has just entered { $theirs } in this cell. To keep your value, confirm it again.
entry-changed-unknown = This cell has just changed: it holds { $theirs }. To keep your value, confirm it again.
entry-changed-empty = This cell has just been emptied by another person. To keep your value, confirm it again.
entry-no-cell = This cell is not on the forms of this unit. Go back to the list of forms.
entry-long-comment = The note is longer than { $longest } characters. Shorten it.

## A file of values
import-title = Import a file of values
import-lede = The file is shown first. Nothing is written before you agree.
import-file = CSV, XLSX or ODS file
import-file-hint = Columns: element, unite_org, periode, options, valeur. Period: 2024T4 or 2024. Numbers written “1 234,5” are read.
import-look = Look at the file
import-preview = What { $file } would change
import-new = New values
import-changed = Changed values
import-same = Same values
import-units = Units of the file
import-periods = Periods of the file
import-unit = Unit
import-period = Period
import-values = Values
import-changes = Values that would be replaced
import-held = Here
import-in-file = In the file
import-more-changes = { $count ->
    [one] And { $count } more.
   *[other] And { $count } more.
 }
import-accept = Accept
import-taken = File imported: { $new } new values, { $changed } changed.
import-taken-same = { $same } values were there already.
import-go-on = Back to the monitoring board
import-nothing-written = Nothing was saved. Correct the file, then choose it again.
import-no-file = No file was chosen. Choose a CSV, XLSX or ODS file.
import-too-large = The file is larger than { $size } kB. Split it into several files.
import-no-unit = { $file }, line { $line }: “{ $unit }” does not enter this data. Check the code of the unit.
import-other-place = { $file }, line { $line }: “{ $unit }” is outside your territory. Remove its lines, or give the file to its cercle.
import-not-asked = { $file }, line { $line }, column { $heading }: the questionnaire does not ask “{ $cell }” for { $period } (edition { $edition }). Remove this line or correct its period.
import-not-begun = { $file }, line { $line }: the period { $period } has not begun. Correct the period.
import-yearly-correction = { $file }, line { $line }: a file of corrections corrects quarters only. Import yearly values without the option --corrections.
import-locked = { $file }, line { $line }: the value would change a locked cell.
import-empty = { $file } holds no value. Check that it is the right file.
import-stale = Values have changed since you looked at { $file }. Choose it again.

## Alerts
alerts-title = Alerts
alerts-lede = What the rules of control find doubtful. Correct the cell, or say why the figure is right.
alerts-see = See the alerts
alerts-count = { $count ->
    [one] { $count } alert
   *[other] { $count } alerts
 }, { $open } without an answer.
alerts-open-count = { $count ->
    [one] { $count } alert without an answer
   *[other] { $count } alerts without an answer
 }
alerts-none-title = No alert
alerts-none-text = The rules of control find nothing wrong with the values entered.
alert-open = Comment
alert-go = Go to the cell
alert-sides = Values compared: { $left } and { $right }.
alert-maintained = Figure maintained:
alert-answered = { $office }, on { $day }
alert-reason = Why this figure is right
alert-reason-hint = This reason leaves with the return and is read beside the figure.
alert-maintain = Maintain the figure
alert-send-back = Send back to the commune
alert-send-back-reason = What the commune must look at again
alert-send-back-hint = The commune reads this reason with its forms. The quarter cannot be closed before its answer.
alert-send-back-withdraw = Withdraw the request
alert-sent-back = Sent back to the commune:
forms-sent-back = The cercle asks you to look at these figures again:
board-sent-back = { $count } to look at again
alert-for-adviser = Correct the cell. Only the adviser of the cercle can maintain this figure, with a written reason.

## The circuit
circuit-steps = Steps of the quarter
circuit-step-entry = Entry
circuit-step-alerts = Alerts
circuit-step-send = Sending
circuit-by = By
circuit-without = Without
circuit-passed-without = Done without:
circuit-send-now = Prepare the package
circuit-report = Report of the quarter
circuit-answered = { $count ->
    [one] { $count } figure maintained with a reason
   *[other] { $count } figures maintained with a reason
 }
circuit-without-tick = Go on without those that are missing
circuit-without-reason = Reason
circuit-without-hint = To be filled in if you go on without them. The reason stays with the quarter.
circuit-close = Close the quarter
circuit-close-lede = Closing files the returns of the communes and of the cercle, then locks their values.
circuit-close-received = units have values
circuit-close-hint = After closing, a correction needs the quarter to be reopened.
circuit-close-other = Only the adviser of the cercle closes the quarter.
circuit-close-done = Quarter closed on { $day }. Code: { $code }
circuit-validate = Validate the region
circuit-validate-lede = Validation passes on to the nation what the cercles have closed.
circuit-validate-received = cercles received
circuit-validate-caption = Cercles received
circuit-validate-hint = A cercle that comes later needs a new validation.
circuit-validate-other = Only the monitoring officer of the region validates the quarter.
circuit-validate-done = Region validated on { $day }. Code: { $code }
circuit-publish = Publish the quarter
circuit-publish-lede = Publication consolidates the regions and makes their figures public.
circuit-publish-received = regions received
circuit-publish-caption = Regions received
circuit-publish-hint = A region that comes later needs a new publication.
circuit-publish-other = Only the national cell publishes the quarter.
circuit-publish-done = Quarter published on { $day }. Code: { $code }
circuit-not-begun = The quarter { $quarter } has not begun. Choose a current or past quarter.
circuit-not-over = The quarter { $quarter } lasts until { $day }. Come back after that date to close it.
circuit-locked = The quarter { $quarter } was passed on by { $place } on { $day }: its values are locked. To correct them, ask the level above to reopen it.
circuit-empty = Nothing is entered for { $quarter }. Enter or import values, then try again.
circuit-unanswered = { $count ->
    [one] { $count } alert of { $quarter } waits
   *[other] { $count } alerts of { $quarter } wait
 } for an answer. Correct the cell, or say why the figure is right.
circuit-missing = { $count } return(s) or package(s) are missing for { $quarter }. Wait for them, or tick the box and write the reason.
circuit-nothing-received = Nothing is received for { $quarter }. Import the packages of the posts first.
circuit-already = This was done on { $day } for { $quarter }, and nothing has changed since. There is nothing to do again.
circuit-not-here = { $place } does not take this step. Choose a cercle, a region or the country.
circuit-no-alert = The alert { $rule } is no longer there: the figure has changed. Reload the page of alerts.
circuit-no-reason = The reason is missing. Write why in a few words.
circuit-long-reason = The reason is longer than { $longest } characters. Shorten it.

# On the page of a place.
monitoring-panel-title = Quarterly monitoring (OISE)
monitoring-panel-last = Last quarter published: { $quarter }.
monitoring-panel-none = No quarter is published yet.
monitoring-panel-sheet = The sheet of the commune
monitoring-panel-report = The report of the quarter
monitoring-panel-figures = All its indicators
monitoring-panel-explore = Explore its figures
