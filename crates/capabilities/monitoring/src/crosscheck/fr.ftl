crosscheck-title = Recoupement
crosscheck-lede = Les chiffres d’un autre service, à côté des nôtres. Les nôtres ne changent jamais d’eux-mêmes.
crosscheck-import = Importer un annuaire
crosscheck-import-lede = Santé, éducation, hydraulique… tout tableau CSV, XLSX ou ODS convient. Rien n’est écrit avant votre accord.
crosscheck-step-1 = Étape 1 sur 4
crosscheck-step-2 = Étape 2 sur 4
crosscheck-step-3 = Étape 3 sur 4
crosscheck-step-4 = Étape 4 sur 4
crosscheck-name = Nom de la source
crosscheck-name-hint = Par exemple : Annuaire sanitaire 2024. L’an prochain, le même nom retrouve les mêmes colonnes.
crosscheck-file-hint = 8 Mo au plus. Les nombres avec espaces ou virgules sont lus.
crosscheck-no-name = Donnez un nom à la source, puis choisissez de nouveau le fichier.
crosscheck-columns = Les colonnes
crosscheck-known-mapping = Cette source a déjà été importée.
crosscheck-known-mapping-text = Les colonnes et les lieux sont proposés comme la dernière fois. Vérifiez-les.
crosscheck-sheet = Feuille
crosscheck-heading-line = Ligne des titres
crosscheck-read-again = Relire
crosscheck-preview = Début du tableau
crosscheck-where-when = Où et quand
crosscheck-place-column = Colonne des lieux
crosscheck-choose = À choisir
crosscheck-level = Ces lieux sont
crosscheck-levels = { $level ->
    [cercle] des cercles
    [region] des régions
   *[commune] des communes
}
crosscheck-above-column = Colonne du cercle ou de la région
crosscheck-above-hint = Elle départage deux communes de même nom.
crosscheck-no-such-column = Aucune
crosscheck-period-column = Colonne de la période
crosscheck-period = Période de tout le tableau
crosscheck-period-hint = 2024 ou 2024T4. À remplir s’il n’y a pas de colonne de période.
crosscheck-what = Les chiffres à comparer
crosscheck-what-lede = Devant chaque colonne de chiffres, donnez notre donnée. Laissez vide ce qui ne se compare pas.
crosscheck-samples = Exemples
crosscheck-our-data = Notre donnée
crosscheck-factor = Multiplier par
crosscheck-factor-hint = Par exemple 1 000 si l’autre source compte en milliers, et nous en unités.
crosscheck-twice-heading = titre en double
crosscheck-tolerance = Tolérance
crosscheck-tolerance-percent = Écart admis, en pourcentage de notre chiffre
crosscheck-tolerance-absolute = Écart admis, en valeur
crosscheck-tolerance-hint = L’une des deux suffit pour que les chiffres concordent.
crosscheck-tolerance-is = Deux chiffres concordent à { $percent } % près, ou à { $absolute } près en valeur.
crosscheck-to-places = Continuer vers les lieux
crosscheck-no-place = Choisissez la colonne qui dit le lieu.
crosscheck-no-period = Donnez la période du tableau, ou choisissez sa colonne.
crosscheck-not-a-period = « { $found } » n’est pas une période. Écrivez 2024 ou 2024T4.
crosscheck-not-a-tolerance = « { $found } » n’est pas une tolérance. Écrivez un nombre positif, ou 0.
crosscheck-no-target = « { $found } » n’est pas une donnée chiffrée du questionnaire. Choisissez-en une dans la liste.
crosscheck-not-a-factor = « { $found } » ne multiplie pas. Écrivez un nombre autre que 0, ou 1.
crosscheck-no-column = Aucune colonne n’est comparée. Donnez notre donnée devant une colonne au moins.
crosscheck-level-below = « { $found } » se collecte plus haut que ces lieux. Changez le niveau des lieux, ou la donnée.
crosscheck-no-sum = « { $found } » ne s’additionne pas d’un lieu à l’autre. Comparez-la au niveau où elle se collecte.
crosscheck-yearly = « { $found } » est une donnée annuelle. Donnez une année comme période.
crosscheck-places = Les lieux
crosscheck-places-count = { $sure ->
    [one] Un lieu est reconnu.
   *[other] { $sure } lieux sont reconnus.
} { $asked ->
    [0] Aucun n’est à confirmer.
    [one] Un est à confirmer.
   *[other] { $asked } sont à confirmer.
}
crosscheck-places-known = { $count ->
    [one] Un est rempli comme la dernière fois.
   *[other] { $count } sont remplis comme la dernière fois.
}
crosscheck-places-asked = Lieux à confirmer
crosscheck-places-sure = { $count ->
    [one] Un lieu reconnu
   *[other] { $count } lieux reconnus
}
crosscheck-places-unsaid = { $count ->
    [one] Un lieu n’est pas confirmé. Choisissez le nôtre, ou laissez ses lignes de côté.
   *[other] { $count } lieux ne sont pas confirmés. Choisissez les nôtres, ou laissez leurs lignes de côté.
}
crosscheck-written = Écrit dans le fichier
crosscheck-is-ours = Notre lieu
crosscheck-to-say = à confirmer
crosscheck-leave-out = Aucun des nôtres, laisser de côté
crosscheck-nothing-near = Aucun de nos lieux ne lui ressemble.
crosscheck-to-agree = Continuer vers l’accord
crosscheck-back-columns = Revenir aux colonnes
crosscheck-agree = L’accord
crosscheck-tile-places = Lieux
crosscheck-tile-absent = Cases sans chiffre
crosscheck-tile-left-out = Lignes laissées de côté
crosscheck-tile-faulty = Cases refusées
crosscheck-first = Premières valeurs
crosscheck-all-or-nothing = Le fichier est pris en entier ou pas du tout. Corrigez-le, ou ne comparez pas ces colonnes.
crosscheck-stays-apart = Ces valeurs restent celles de l’autre source. Elles montent avec les envois du territoire et ne remplacent aucun de nos chiffres.
crosscheck-load = Enregistrer et comparer
crosscheck-faults = { $count ->
    [one] Une case ne peut pas être lue. Rien n’a été enregistré.
   *[other] { $count } cases ne peuvent pas être lues. Rien n’a été enregistré.
}
crosscheck-nothing = Le fichier ne donne aucune valeur ainsi. Vérifiez les colonnes et les lieux.
crosscheck-loaded-before = Ce fichier est déjà enregistré avec les mêmes colonnes. Ouvrez-le dans la liste.
crosscheck-percent = « { $found } » est un pourcentage, et notre donnée n’en est pas un. Ne comparez pas cette colonne.
crosscheck-not-a-number = « { $found } » n’est pas un nombre. Corrigez la case, ou videz-la.
crosscheck-too-large = Le nombre est trop grand. Vérifiez le multiplicateur.
crosscheck-twice = « { $place } » a déjà un chiffre pour cette donnée et cette période. Retirez l’une des lignes.
crosscheck-sources = Sources importées
crosscheck-none = Aucun annuaire n’est encore importé.
crosscheck-none-text = Le chargé de suivi ou la cellule nationale en importe un pour comparer.
crosscheck-col-source = Source
crosscheck-col-day = Importée le
crosscheck-col-values = Valeurs
crosscheck-col-agreed = Concordent
crosscheck-col-share = Part
crosscheck-col-open = Écarts
crosscheck-agreed-of = { $agreed }/{ $both }
crosscheck-all-decided = rien à décider
crosscheck-open-count = { $count ->
    [one] un à décider
   *[other] { $count } à décider
}
crosscheck-result-lede = { $place }, chiffre par chiffre, à côté de l’autre source.
crosscheck-source-line = Fichier : { $file }, importé le { $day }.
crosscheck-finding = { $both ->
    [0] Aucun chiffre ne peut être comparé
    [one] { $agreed } chiffre sur { $both } concorde
   *[other] { $agreed } chiffres sur { $both } concordent
}
crosscheck-chart-text = Pour chaque donnée, la part des chiffres qui concordent, en pourcentage.
crosscheck-nothing-to-compare = rien à comparer
crosscheck-agreement = Accord par donnée
crosscheck-lists = Listes
crosscheck-see-ecarts = À décider
crosscheck-see-decides = Décidés
crosscheck-see-absents = Absents d’un côté
crosscheck-see-accords = Concordent
crosscheck-see-tous = Tous
crosscheck-list-differs = Écarts
crosscheck-list-absent = Absents d’un côté
crosscheck-standing-ecart = écart
crosscheck-standing-absent-ici = Absents chez nous
crosscheck-standing-absent-la-bas = Absents de la source
crosscheck-standing-accord = concorde
crosscheck-gaps = Chiffres comparés
crosscheck-col-code = Code du lieu
crosscheck-col-place = Lieu
crosscheck-col-data-code = Code de la donnée
crosscheck-col-data = Donnée
crosscheck-col-period = Période
crosscheck-col-ours = Notre chiffre
crosscheck-col-theirs = Autre source
crosscheck-col-difference = Écart
crosscheck-col-percent = Écart (%)
crosscheck-col-standing = État
crosscheck-col-decision = Décision
crosscheck-col-proposed = Chiffre proposé
crosscheck-col-act = Que faire
crosscheck-partial = { $part } ont répondu
crosscheck-decide = Décider
crosscheck-decide-again = Décider de nouveau
crosscheck-reason = Motif
crosscheck-do-garder = Garder le nôtre
crosscheck-do-expliquer = Expliquer
crosscheck-do-corriger = Demander la correction
crosscheck-decided-garder = Notre chiffre est gardé.
crosscheck-decided-expliquer = L’écart est expliqué.
crosscheck-decided-corriger = La correction est demandée.
crosscheck-asked-by = { $office }, le { $day }
crosscheck-more = { $count ->
    [one] Un autre est dans le fichier XLSX.
   *[other] { $count } autres sont dans le fichier XLSX.
}
crosscheck-empty-list = Cette liste est vide.
crosscheck-empty-list-text = Choisissez une autre liste au-dessus.
crosscheck-no-gap = Ce chiffre a changé, ou rien n’y est demandé. Relisez la page.
crosscheck-no-reason = Écrivez le motif de la décision, puis recommencez.
crosscheck-long-reason = Le motif est trop long. Gardez-en l’essentiel.
crosscheck-not-one-cell = Ce chiffre est une somme de plusieurs cases. Corrigez-les dans leurs fiches.
crosscheck-proposed = Corrections demandées
crosscheck-proposed-lede = Une autre source donne un autre chiffre. Vérifiez dans vos registres avant de reprendre le sien.
crosscheck-take-up = Reprendre ce chiffre
crosscheck-see-form = Voir la fiche
crosscheck-look-at-sum = Somme de plusieurs cases
crosscheck-taken-from = Chiffre repris d’une autre source : { $source }
room-crosscheck = Recoupement
crosscheck-other-code = Ou son code
crosscheck-beside = Ce que disent d’autres sources
crosscheck-beside-text = Leurs chiffres ne remplacent jamais les nôtres.
