foreign-no-column = { $file }, ligne { $line } : la colonne « { $heading } » manque parmi les titres. Ajoutez-la, puis choisissez de nouveau le fichier.
foreign-refused = Lignes refusées
foreign-faults = Ce qu’il faut corriger dans le fichier
foreign-faults-title = { $count ->
    [one] Une ligne est refusée. Rien n’est écrit tant qu’elle n’est pas corrigée.
   *[other] { $count } lignes sont refusées. Rien n’est écrit tant qu’elles ne sont pas corrigées.
}
foreign-more-faults = D’autres lignes sont peut-être fausses. Corrigez celles-ci d’abord.
foreign-line = Ligne
foreign-column = Colonne
foreign-what = Ce qui ne va pas
foreign-totals = Lignes laissées de côté : { $lines }.
foreign-gone = Le fichier n’est plus en mémoire. Choisissez-le de nouveau.
foreign-column-twice = { $file }, ligne { $line } : deux colonnes s’appellent « { $heading } ». Gardez-en une, puis choisissez de nouveau le fichier.
foreign-someone = une autre personne
foreign-drafts = Brouillons d’autres personnes
foreign-draft-of = { $held }, brouillon de { $name }, { $when }
foreign-takes-over = { $count ->
    [one] Accepter reprend une case du brouillon d’une autre personne. Son nom est dans la liste des changements.
   *[other] Accepter reprend { $count } cases de brouillons d’autres personnes. Leurs noms sont dans la liste des changements.
}
