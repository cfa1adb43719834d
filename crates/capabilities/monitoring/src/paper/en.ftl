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
