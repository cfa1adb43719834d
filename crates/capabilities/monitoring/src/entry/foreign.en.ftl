foreign-no-column = { $file }, line { $line }: the column “{ $heading }” is missing from the headings. Add it, then choose the file again.
foreign-refused = Refused lines
foreign-faults = What to correct in the file
foreign-faults-title = { $count ->
    [one] One line is refused. Nothing is written until it is corrected.
   *[other] { $count } lines are refused. Nothing is written until they are corrected.
}
foreign-more-faults = Other lines may be wrong. Correct these first.
foreign-line = Line
foreign-column = Column
foreign-what = What is wrong
foreign-totals = Lines left out: { $lines }.
foreign-gone = The file is no longer in memory. Choose it again.
foreign-column-twice = { $file }, line { $line }: two columns are called “{ $heading }”. Keep one, then choose the file again.
foreign-someone = another person
foreign-drafts = Drafts of other persons
foreign-draft-of = { $held }, draft of { $name }, { $when }
foreign-takes-over = { $count ->
    [one] Accepting takes over one cell of another person’s draft. The list of changes gives the name.
   *[other] Accepting takes over { $count } cells of other persons’ drafts. The list of changes gives the names.
}
