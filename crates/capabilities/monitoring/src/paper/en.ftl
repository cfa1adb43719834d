# The words of the paper form and of its typing.

room-paper = Paper

## To print
paper-title = Prepare the round
paper-lede = Print the forms with the last values in grey. Each page bears a code that opens it here.
paper-units = Communes and cercle
paper-core-hint = At most nine pages a commune
paper-file = File
paper-file-zip = One PDF a commune, in a ZIP
paper-file-pdf = One PDF, to print at once
paper-print = Print the forms
paper-none = No commune is chosen. Tick at least one.
paper-many = A file holds at most { $most } communes. Untick some and print in several goes.
paper-file-title = Forms of { $quarter }

## On paper
paper-page = Page
paper-of = of
paper-code = Code of the page
paper-version = { $tier }, questionnaire { $mark }
paper-help = One figure a box, to the right. Zero is written 0; an empty line means “no answer”. Tick the box if nobody knows. In grey: the last value.
paper-help-more = To correct, strike the line through and write the right value above it. To type it again, type the code of the page on the screen “Type a paper form”.
paper-source = Source (register, date) and remarks
paper-day = On
paper-signature = Name and signature
paper-filled = Filled in by
paper-secretary = Seen, the secretary general
paper-adviser = Seen, the adviser
paper-typed = Typed by

## Back from paper
rekey-title = Type a paper form
rekey-lede = Type the code at the top of the page. The right form opens, in the order of the paper.
rekey-code = Code of the page
rekey-code-hint = Eight letters or figures, like K7QF-2MNA. There is no O, 0, I or 1.
rekey-open = Open the form
rekey-scan = Read with the camera
rekey-scan-none = The camera does not answer. Type the code.
rekey-scan-looking = Hold the black and white square before the camera.
rekey-wrong = The code “{ $code }” cannot be right: one letter is wrong, or two are swapped. Read it again on the page.
rekey-length = The code has eight letters or figures; “{ $code }” has { $count }. Read it again on the page.
rekey-letter = The code never has the letter or figure “{ $letter }”. Read “{ $code }” again on the page.
rekey-long = This text is too long for a code. Type the eight letters at the top of the page.
rekey-nothing = The code { $code } opens no form of your territory. Check that the page is of one of your communes.
rekey-places = This code may be that of two places. Choose the one written on the page:
rekey-here = Paper form { $code }: copy it from top to bottom.
rekey-elsewhere = The code { $code } is not that of this form. Type it again.
rekey-edition = This page comes from another questionnaire than the one here. Compare each label before you copy.

## Typed twice
double-title = Double entry
double-lede = Some of the forms, drawn by lot, are typed a second time. The gap between the two measures how well they are typed.
double-overall = Error rate: { $rate } ({ $errors ->
    [one] { $errors } gap
   *[other] { $errors } gaps
 } in { $cells } cells)
double-overall-hint = This rate travels with the forms. It judges a way of typing, never a commune.
double-draw = Draw of { $day }
double-draw-of = { $count } forms drawn of { $of }.
double-draw-seed = Seed “{ $seed }”: the same seed gives the same draw.
double-todo = To type
double-begun = Begun
double-same = No gap
double-differs = Gaps
double-rates = Error rate by form and pair of persons
double-form = Form
double-first = First typing
double-second = Second typing
double-gaps = Gaps
double-rate = Error rate
double-rate-note = { $errors ->
    [one] { $errors } gap
   *[other] { $errors } gaps
 } in { $cells } cells
double-new = Draw forms
double-seed = Seed of the draw
double-seed-hint = Any text, written down with the draw so that anybody can repeat it.
double-share = Share of the forms
double-draw-now = Draw by lot
double-second-typing = Second typing
double-second-lede = Type the form from paper. The first typing stays hidden until the comparison.
double-finish = Finish and compare
double-finish-hint = After the comparison, this typing does not change any more.
double-gaps-title = The two typings side by side
double-persons = First typing: { $first }. Second typing: { $second }.
double-no-gap = The two typings say the same everywhere.
double-which = Which value is right?
double-other = Another value
double-other-value = The other value
double-why = Reason
double-decide = Decide
double-no-choice = No value is chosen. Choose the first, the second, or another.
double-choice-first = First kept
double-choice-second = Second kept
double-choice-other = Another value kept
double-open-form = Open the form

## Pieces of a form
pieces-title = Attachments
pieces-lede = A photograph or a scan shows where the figure comes from.
pieces-none = Nothing is attached to this form.
pieces-file = Attachment
pieces-cell = Cell
pieces-whole = The whole form
pieces-size = Size
pieces-kilobytes = { $size } kB
pieces-by = Attached by
pieces-withdraw = Withdraw
pieces-choose = File to attach
pieces-choose-hint = JPEG, PNG or WebP picture, or PDF, of at most { $most } kB.
pieces-add = Attach
pieces-back = Back to the form
pieces-local = Attachments stay on this post and in its copies. Packages do not carry them yet: bring them separately if you are asked.
pieces-nothing = No file is chosen. Choose a picture or a PDF.
pieces-too-large = The attachment is larger than { $most } kB. Take a smaller picture, or split the document.
pieces-kind = This file is neither a JPEG, PNG or WebP picture nor a PDF. Convert it, then try again.
pieces-twice = This attachment is on this cell already. There is nothing to do.
pieces-many = A form holds at most { $most } attachments. Withdraw one, or join them in one PDF.
