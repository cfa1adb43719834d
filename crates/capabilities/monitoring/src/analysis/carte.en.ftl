# The map under which results are read.
carte-choose = Map
carte-of-period = That of each quarter
carte-today = Today’s
carte-since = Since { $day }
carte-oldest = The oldest known
carte-refused = “{ $found }” is not a map. Write epoque, actuelle or a date: 2024-01-01.
carte-rule = Series under the map of { $day }; { $moved ->
    [0] no commune attached otherwise
    [one] one commune attached otherwise
   *[other] { $moved } communes attached otherwise
}.
carte-rule-oldest = Series under the oldest map known; { $moved ->
    [0] no commune attached otherwise
    [one] one commune attached otherwise
   *[other] { $moved } communes attached otherwise
}.
carte-rule-same = Series under the map of each quarter, which is also the map asked for.
carte-passed = { $count ->
    [one] The figures of one unit divided, joined or new pass with the shares of its text.
   *[other] The figures of { $count } units divided, joined or new pass with the shares of their texts.
}
carte-held = A line marked (?) keeps what nobody can divide: totals stay whole.
