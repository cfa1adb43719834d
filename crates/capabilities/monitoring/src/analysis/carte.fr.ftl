# La carte sous laquelle on lit les résultats.
carte-choose = Carte
carte-of-period = Celle de chaque trimestre
carte-today = Celle d’aujourd’hui
carte-since = Depuis le { $day }
carte-oldest = La plus ancienne connue
carte-refused = « { $found } » n’est pas une carte. Écrivez epoque, actuelle ou une date : 2024-01-01.
carte-rule = Séries dans le découpage du { $day } ; { $moved ->
    [0] aucune commune rattachée autrement
    [one] une commune rattachée autrement
   *[other] { $moved } communes rattachées autrement
}.
carte-rule-oldest = Séries dans le plus ancien découpage connu ; { $moved ->
    [0] aucune commune rattachée autrement
    [one] une commune rattachée autrement
   *[other] { $moved } communes rattachées autrement
}.
carte-rule-same = Séries dans le découpage de chaque trimestre, qui est aussi la carte demandée.
carte-passed = { $count ->
    [one] Les chiffres d’une collectivité divisée, réunie ou nouvelle passent avec les parts de son texte.
   *[other] Les chiffres de { $count } collectivités divisées, réunies ou nouvelles passent avec les parts de leurs textes.
}
carte-held = Une ligne marquée (?) garde ce que personne ne sait partager : les totaux restent entiers.
