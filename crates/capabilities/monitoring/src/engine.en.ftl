# Reading a cell
oise-value-not-a-number = “{ $typed }” is not a number. Write figures, for example 1,250, or NSP if the figure is not known.
oise-value-not-whole = “{ $typed }” is not a whole number. Only whole units are counted here. Round it or correct it.
oise-value-too-precise = “{ $typed }” has too many decimals. Keep { $places } decimals at most.
oise-value-too-small = “{ $typed }” is too small: the smallest value allowed is { $least }. Check the number.
oise-value-too-large = “{ $typed }” is too large: the largest value allowed is { $most }. Check the number.
oise-value-not-yes-or-no = “{ $typed }” is not an answer. Answer yes or no, or NSP if you do not know.
oise-value-not-an-option = “{ $typed }” is not in the list. Choose one of these answers: { $options }.

# Reading a file of content or of values
oise-content-unreadable = { $file }, line { $line }: this line does not have the shape of the file. Compare its columns with the headings.
    .ici = This line does not have the shape of the file. Compare its columns with the headings.
oise-content-no-column = { $file }: the column “{ $heading }” is missing. Add it to the line of headings.
    .ici = The column “{ $heading }” is missing. Add it to the line of headings.
oise-content-too-many = { $file }, line { $line }: the file has too many lines. Remove those that are not used.
    .ici = The file has too many lines. Remove those that are not used.
oise-content-empty = { $file }, line { $line }, column “{ $heading }”: the cell is empty. Fill it in.
    .ici = The cell is empty. Fill it in.
oise-content-not-a-number = { $file }, line { $line }, column “{ $heading }”: “{ $found }” is not a number. Write it with a point for the decimals.
    .ici = “{ $found }” is not a number. Write it with a point for the decimals.
oise-content-not-allowed = { $file }, line { $line }, column “{ $heading }”: “{ $found }” is not allowed here. Use a word that this column already has.
    .ici = “{ $found }” is not allowed here. Use a word that this column already has.
oise-content-unknown = { $file }, line { $line }, column “{ $heading }”: “{ $found }” does not exist. Correct the code, or first add what it names.
    .ici = “{ $found }” does not exist. Correct the code, or first add what it names.
oise-content-twice = { $file }, line { $line }: “{ $found }” is given above already. Remove one of the two lines.
    .ici = “{ $found }” is given above already. Remove one of the two lines.
oise-content-formula = { $file }, line { $line }, column “{ $heading }”: the formula is wrong at character { $position }. Correct it there.
    .ici = The formula is wrong at character { $position }. Correct it there.
oise-content-other-level = { $file }, line { $line }, column “{ $heading }”: “{ $found }” is collected at another level. Use SOMME_COMMUNES, or an element of the same level.
    .ici = “{ $found }” is collected at another level. Use SOMME_COMMUNES, or an element of the same level.
oise-content-not-a-flow = { $file }, line { $line }, column “{ $heading }”: “{ $found }” does not add up from quarter to quarter. Remove the accumulation.
    .ici = “{ $found }” does not add up from quarter to quarter. Remove the accumulation.
oise-content-other-names = { $file }, line { $line }, column “{ $heading }”: the names in braces are not those of the French sentence. Use the same ones.
    .ici = The names in braces are not those of the French sentence. Use the same ones.
oise-content-not-a-period = { $file }, line { $line }, column “{ $heading }”: “{ $found }” is not the period expected. Write it as { $expected }.
    .ici = “{ $found }” is not the period expected. Write it as { $expected }.
oise-content-value = { $file }, line { $line }, column “{ $heading }”: the questionnaire does not allow this value. Correct it or leave the cell empty.
    .ici = The questionnaire does not allow this value. Correct it or leave the cell empty.
oise-content-retired = { $file }, line { $line }, column “{ $heading }”: “{ $found }” is retired in this edition. Take it out of the formula, or keep it.
    .ici = “{ $found }” is retired in this edition. Take it out of the formula, or keep it.
oise-content-words = { $file }, line { $line }, column “{ $heading }”: “{ $found }” holds words, which cannot be calculated. Use an element that holds numbers.
    .ici = “{ $found }” holds words, which cannot be calculated. Use an element that holds numbers.
oise-content-units-sum = { $file }, line { $line }, column “{ $heading }”: “{ $left }” and “{ $right }” cannot be added or subtracted. Use elements of one unit.
    .ici = “{ $left }” and “{ $right }” cannot be added or subtracted. Use elements of one unit.
oise-content-units-comparison = { $file }, line { $line }, column “{ $heading }”: “{ $left }” and “{ $right }” cannot be compared. Use elements of one unit.
    .ici = “{ $left }” and “{ $right }” cannot be compared. Use elements of one unit.
oise-content-other-unit = { $file }, line { $line }, column “{ $heading }”: the unit announced is “{ $announced }”, but the formula gives “{ $found }”. Correct one of them.
    .ici = The unit announced is “{ $announced }”, but the formula gives “{ $found }”. Correct one of them.
oise-content-other-meaning = { $file }, line { $line }, column “{ $heading }”: “{ $found }” already names another thing: a code keeps its meaning for ever. Retire it and make another code.
    .ici = “{ $found }” already names another thing: a code keeps its meaning for ever. Retire it and make another code.
oise-content-within-year = { $file }, line { $line }, column “{ $heading }”: “{ $found }” is collected once a year and changes only when its year begins. Choose another first quarter.
    .ici = “{ $found }” is collected once a year and changes only when its year begins. Choose another first quarter.
oise-content-not-a-time = { $file }, line { $line }, column “{ $heading }”: “{ $found }” is not a time. Write for example 2010-2020, depuis 2017 or 2025T1 à 2025T4.
    .ici = “{ $found }” is not a time. Write for example 2010-2020, depuis 2017 or 2025T1 à 2025T4.

# Tree of units
oise-tree-twice = The unit { $unit } is given twice. Remove one of the two.
oise-tree-no-parent = The unit { $unit } is under { $parent }, which is not given. Add it or correct the attachment.
oise-tree-not-above = The unit { $unit } cannot be under { $parent }, whose level is not higher. Correct the attachment.

# Formulas
expression-empty = The formula is empty. Write one, for example [DEM_POP].
expression-too-long = The formula is longer than { $limit } characters. Shorten it.
expression-too-deep = Character { $column }: the formula has more than { $limit } levels. Split it in two.
expression-unexpected = Character { $column }: “{ $found }” is not expected here. Remove it or correct what comes before.
expression-unfinished = Character { $column }: the formula is not finished. { $missing } is missing.
expression-bad-number = Character { $column }: “{ $found }” is not a number. Write it with a point, for example 0.5.
expression-unknown-function = Character { $column }: there is no function { $name }. Check its name.
expression-wrong-operands = Character { $column }: { $name } is not written with { $found } operand(s). Correct their number.
expression-nested = Character { $column }: { $name } cannot stand in a function of the same kind. Separate the two computations.
expression-repeated-dimension = Character { $column }: the breakdown { $name } is given twice. Join its options with +.
expression-comparison = Character { $column }: a comparison is not expected here. Write a computation.

# Severity of an alert
oise-severity-blocking = Blocking
oise-severity-warning = Warning
oise-severity-information = Information

# Levels
oise-level-commune = Commune
oise-level-cercle = Cercle
oise-level-region = Region
oise-level-nation = Country
