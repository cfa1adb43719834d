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
