## Reopening a closed quarter
circuit-not-closed = { $quarter } is not closed: there is nothing to reopen. Correct the cell on its form.
reopening-already-asked = The reopening of { $quarter } was asked on { $day }. Wait for the answer, or call the level above.
reopening-answered-already = This request to reopen { $quarter } has its answer. Reload the page.

## Questions
questions-wait = { $count ->
    [one] { $count } blocking question of { $quarter } waits.
   *[other] { $count } blocking questions of { $quarter } wait.
 } Read the answers of the cercle, or settle the question with it.
question-settled-already = This question is settled. Ask a new one if a doubt remains.
question-no-text = There is no text. Write your sentence, then send it.
question-no-such = “{ $what }” is not on the forms of this unit. Choose a cell or an indicator of the unit.

## The plan of the circuit
plan-line = Line { $line } of the circuit cannot be followed. Check its six columns, then try again.
plan-step = The circuit has no step “{ $step }” for the whole country. Add its line, then try again.

## Keying twice
second-seed = The seed of a draw has 1 to { $longest } characters. Write the place and the quarter, for example.
second-share = The share to draw is 1 to 100%. Write a whole number.
second-nothing-keyed = Nothing is entered for { $quarter }: there is nothing to draw from. Enter the forms first.
second-not-drawn = This form is in no draw. Choose a form that was drawn.
second-same-person = You keyed this form the first time. Give the second keying to another person.
second-other-person = Another person has begun this second keying. Let them finish, or choose another form.
second-finished = The second keying of this form is finished. Read the differences and decide on each.
second-cells = { $count ->
    [one] { $count } cell is no answer.
   *[other] { $count } cells are no answers.
 } Correct them, then save again.
second-no-difference = Both keyings say the same in this cell. There is nothing to decide.
second-locked = { $quarter } is closed. Ask for its reopening to change this cell.

## The pages of the circuit
room-reception = Reception
room-questions = Questions
circuit-questions = Questions: { $open } of { $count } to settle
circuit-corrections = { $count ->
    [0] No correction
    [one] { $count } correction
   *[other] { $count } corrections
 }
reopening-title = Reopening
reopening-ask = Ask for the reopening
reopening-reason = Why reopen this quarter
reopening-hint = Say which cells change and why. The region answers; so does the nation, if the region has validated.
reopening-awaited = The answer of { $place } is awaited.
reopening-answer-reason = Reason for the answer
reopening-accept = Accept the reopening
reopening-refuse = Refuse
reopening-yes = accepts:
reopening-no = refuses:
reopening-waiting = Waiting
reopening-accepted = Accepted
reopening-refused = Refused
corrections-title = Corrections
corrections-lede = What changed after the closing. The old value stays, with its author and the reason.
corrections-none-title = No correction
corrections-none-text = No value changed after this quarter was closed.
corrections-count = { $count ->
    [one] { $count } corrected cell
   *[other] { $count } corrected cells
 }
corrections-cell = Cell
corrections-before = Before
corrections-after = After
corrections-by = Filed by
corrections-why = Reason
corrections-empty = empty
corrections-late = Form that came after the closing
corrections-accepted = Reopening accepted: { $office }
corrections-not-public = not published yet
questions-title = Questions
questions-lede = What the region or the nation asks about a figure, and what the cercle answers.
questions-none-title = No question
questions-none-text = Nobody asked a question about this quarter.
questions-count = { $count ->
    [one] { $count } question
   *[other] { $count } questions
 }, { $open } of them to settle.
questions-all = All questions
question-title = Question
question-new = Ask a question
question-ask = Ask the question
question-about = About
question-about-hint = Code of a cell (SAN_ACC), an indicator (I019) or an alert (V018). Empty: the whole quarter.
question-about-quarter = The whole quarter
question-about-alert = Alert { $rule }
question-text = Question
question-text-hint = The cercle reads it with the next package and answers offline.
question-blocks = Blocking
question-blocks-hint = The region does not validate the quarter before the answer.
question-blocking = Blocking
question-asked = Unanswered
question-answered = Answered
question-settled = Settled
question-replies = { $count ->
    [0] no answer
    [one] { $count } message
   *[other] { $count } messages
 }
question-seen = Value when the question was asked:
question-see = See the figure
question-thread = Exchange
question-reply = Your message
question-reply-hint = It leaves with the next package.
question-send = Send
question-settle = Settle the question
question-quote = Quote this exchange in the synthesis
question-quote-hint = Counts only if you settle the question.
question-is-quoted = The synthesis quotes this exchange.
question-here = Questions:
reception-title = Reception
reception-lede = What each cercle and commune has sent, and when.
reception-closed = cercles have closed their quarter
reception-caption = Forms and closings received
reception-place = Cercle
reception-units = Communes
reception-promptness = Timeliness
reception-completeness = Completeness
reception-forms = { $done } forms in time of { $all }
reception-cells = { $done } cells filled in of { $all }
reception-due = To close by { $day }
reception-received = Received
reception-received-late = { $days ->
    [one] Received { $days } day late
   *[other] Received { $days } days late
 }
reception-awaited = { $days ->
    [0] Due today
    [one] Due tomorrow
   *[other] Due in { $days } days
 }
reception-late = { $days ->
    [one] One day late
   *[other] { $days } days late
 }
reception-alerts = { $count ->
    [one] { $count } alert
   *[other] { $count } alerts
 }, { $open } unanswered
reception-finding = { $late ->
    [0] No cercle is late.
    [one] One cercle is late.
   *[other] { $late } cercles are late.
 }
reception-no-alerts = Alerts are read in the reception of each region.
reception-how = Timeliness: forms of the communes filed in time. Completeness: mandatory cells filled in. They are the indicators I182 and I183.
letter-title = Reminder letter
letter-open = Reminder letter
letter-place-day = { $place }, { $day }
letter-to-whom = For the attention of the person in charge of monitoring
letter-source = State of reception on { $day }.
letter-subject = Subject: monitoring forms of the { $quarter }
letter-greeting = Dear Sir or Madam,
letter-late = { $days ->
    [one] Your forms were due on { $day }. They are one day late.
   *[other] Your forms were due on { $day }. They are { $days } days late.
 }
letter-due = Your forms are due on { $day }.
letter-missing = { $count ->
    [one] The form of this unit is missing:
   *[other] The forms of these units are missing:
 }
letter-ask = Please send them without delay, or tell us what prevents you.
letter-close = Yours faithfully,

## Unusual values
unusual-title = Unusual values
unusual-lede = For information. They hold nothing up and rank nobody; you may comment on them.
unusual-tag = Unusual value
unusual-past = { $value } this quarter. Median of the { $count } quarters before: { $median }; median absolute deviation: { $deviation }. Told beyond { $factor } times that deviation, brought to a standard deviation.
unusual-sisters = { $value } per 1,000 inhabitants. Median of { $count } communes of the cercle: { $median }; median absolute deviation: { $deviation }. Told beyond { $factor } times that deviation, brought to a standard deviation.
