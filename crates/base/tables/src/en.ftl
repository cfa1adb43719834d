# What the reading of a table file says.

tables-too-large = The file is { $size } MB; at most { $most } MB are read. Remove the sheets that do not serve, or split it.
tables-empty = The file holds nothing. Check that it is the right file.
tables-not-a-table = This file is not a table. Choose a CSV, XLSX or ODS file.
tables-old = This is an old Excel file (.xls) or a file under a password. Open it, remove the password, then save it as .xlsx.
tables-macros = This workbook contains macros, that is, a program. Save it as .xlsx, without macros, then choose it again.
tables-damaged = The file is damaged here: { $part }. Open it in a spreadsheet and save it again.
tables-bomb = Once unpacked, the file would be enormous. It was not opened. Ask its author for another.
tables-too-many-sheets = The workbook has more than { $most } sheets. Keep those that serve.
tables-too-many-rows = The file has more than { $most } lines. Split it into several files.
tables-too-many-columns = A sheet has more than { $most } columns. Keep those that serve.
tables-too-many-cells = The file has more than { $most } cells. Split it into several files.
tables-too-many-texts = The file has more than { $most } different texts. Split it into several files.
tables-too-many-parts = The packed file has more than { $most } parts. Save it again in a spreadsheet.
tables-endless = Line { $line }: a cell has no end. Look there for a quotation mark that is never closed.
tables-notes = Remarks on the file
tables-note-where = { $count ->
    [one] at { $at }
   *[other] { $count } times: { $at }
}
tables-note-formula = Some cells are computed. The value saved in the file was taken.
tables-note-formula-empty = Some formulas have no saved value. Their cells are read as empty.
tables-note-fault = Some cells hold a mistake of the spreadsheet, such as #N/A.
tables-note-merged = Some cells are merged. Only the first holds the value.
tables-note-hidden-row = Some rows are hidden. They are read too.
tables-note-hidden-column = Some columns are hidden. They are read too.
tables-note-hidden-sheet = A sheet is hidden. It is read too.
tables-note-encoding = The text is not UTF-8: it was read as Windows-1252. Check the accents.
tables-note-mojibake = Some accents were spoilt (“Ã©” for “é”). They were set right.
tables-note-lost = Some letters are lost (�). Ask for the original file.
tables-note-number-as-text = Some numbers are written with spaces or commas. They were read.
tables-note-date-as-text = Some dates are written as text. They were read, the day first.
tables-note-percent = Some cells are percentages.
tables-note-long-line = Some lines have more cells than headings. A comma may cut a number in two.
tables-note-duplicate = Some columns have the same heading. A number tells them apart.
tables-note-totals = Lines of totals are left out.
