# Reforms of the map and the official list.

## Refusals
reform-not-alive = “{ $code }” does not exist on { $day }. Choose another date or another unit.
reform-is-country = “{ $code }” is the country. Choose a unit below it.
reform-code-taken = The code “{ $code }” is taken. Choose another one.
reform-bad-code = “{ $code }” is not a code. Keep 40 signs at most: letters without accents, digits, hyphen, point.
reform-bad-name = Write a name of 300 letters at most.
reform-bad-level = Choose region, district, cercle, department, city or commune.
reform-no-parent = “{ $parent }” does not exist on { $day }. Choose a unit of that date.
reform-not-above = “{ $parent }” is not of a level above “{ $unit }”. Choose a wider unit.
reform-circle = “{ $unit }” would lie under itself. Choose a unit that does not depend on it.
reform-orphans = Units under “{ $unit }” would depend on nothing: { $codes } ({ $count } in all). Give them a place on that date.
reform-not-under = “{ $code }” does not lie under “{ $unit }” on that date. Remove it.
reform-twice = “{ $code }” is named twice. Keep it once.
reform-one-part = A split gives two parts at least. Add a part.
reform-one-unit = A merger joins two units at least. Add one.
reform-other-level = “{ $code }” is not of the same level as the others. Remove it.
reform-some-shares = Some shares are written and others are missing. Write all of them, or none if they are not known.
reform-not-whole = The shares do not make a whole. Correct them: their sum must be exactly 1.
reform-bad-share = “{ $text }” is not a share. Write 2/3, 40% or a population for each part.
reform-changes-later = “{ $code }” changes again on { $day }. Choose a later date, or undo that change first.
reform-nothing-changes = Nothing would change. Check the unit and the value.
reform-would-break = Other changes would no longer hold: { $acts }. Undo them first, or check the clock of this post.
reform-no-text = Write the title of the law or decree.
reform-too-long = This text is too long. Keep { $limit } letters at most, on one line.
reform-bad-date = “{ $value }” is not a date. Write year, month and day: 2026-01-01.
reform-no-reason = Write why: the other posts will read it.
reform-no-act = This change does not exist, or is undone already. Go back to the list of reforms.
reform-list-orphans = The list leaves units with nothing above them: { $codes } ({ $count } in all). Complete the list.
reform-set-aside = This change no longer holds.

## The official list: refusals
list-no-source = Write who publishes this list and of what date it is.
list-no-country = Write the code of the country, for example ML.
list-empty = The file holds no line. Choose another file.
list-no-column = The column “{ $name }” is missing. The first line must hold code, name, level and parent.
list-column-twice = The column “{ $name }” comes twice. Keep one.
list-faults = { $count ->
    [one] One cell must be corrected. Nothing is written.
   *[other] { $count } cells must be corrected. Nothing is written.
}
list-many-faults = More than { $count } cells must be corrected. Here are the first. Nothing is written.
list-gone = This preview is no longer kept. Choose the file again.
list-bad-code = “{ $value }” is not a code. Keep 40 signs at most: letters without accents, digits, hyphen, point.
list-bad-name = The name is missing, or longer than 300 letters.
list-bad-level = “{ $value }” is not a level. Write country, region, district, cercle, department, city or commune.
list-bad-day = “{ $value }” is not a date. Write 2023-03-13 or 13/03/2023.
list-ends-before = The end “{ $value }” comes before the beginning. Correct one of the two dates.
list-no-parent = Only the country has nothing above it, and it depends on nothing. Correct the parent of “{ $value }”.
list-other-level = This unit already has another level. Give it a new code, and the old one under “former codes”.
list-foreign-code = The code “{ $code }” is that of a unit of another country. Choose another one.
list-overlap = Two lines of “{ $value }” overlap in time. Correct their dates.
list-unknown-parent = “{ $value }” is neither in the list nor in the territory. Add its line.
list-not-above = “{ $value }” is not of a level above. Correct the parent or the level.
list-orphan = “{ $parent }” does not exist during all the time of “{ $value }”. Correct the dates or the parent.
list-former-without-day = “{ $value }” is a former code: write the first day of the new unit.
list-bad-former = “{ $value }” is not a former code. Write a code, or a code and its share: ML010101:1/3.
list-unknown-former = “{ $value }” does not exist on the eve. Correct the former code or the date.
list-not-whole = The shares of “{ $value }” do not make a whole. Write all of them, or none.
