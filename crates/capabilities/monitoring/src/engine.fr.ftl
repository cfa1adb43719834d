# Lecture d’une case
oise-value-not-a-number = « { $typed } » n’est pas un nombre. Écrivez des chiffres, par exemple 1 250, ou NSP si la donnée n’est pas connue.
oise-value-not-whole = « { $typed } » n’est pas un nombre entier. Ici, on compte en unités entières. Arrondissez ou corrigez.
oise-value-too-precise = « { $typed } » a trop de décimales. Gardez { $places } décimales au plus.
oise-value-too-small = « { $typed } » est trop petit : la plus petite valeur admise est { $least }. Vérifiez le nombre.
oise-value-too-large = « { $typed } » est trop grand : la plus grande valeur admise est { $most }. Vérifiez le nombre.
oise-value-not-yes-or-no = « { $typed } » n’est pas une réponse. Répondez par oui ou par non, ou NSP si vous ne savez pas.
oise-value-not-an-option = « { $typed } » n’est pas dans la liste. Choisissez une de ces réponses : { $options }.

# Lecture d’un fichier de contenu ou de valeurs
oise-content-unreadable = { $file }, ligne { $line } : cette ligne n’a pas la forme du fichier. Comparez son nombre de colonnes à celui des titres.
    .ici = Cette ligne n’a pas la forme du fichier. Comparez son nombre de colonnes à celui des titres.
oise-content-no-column = { $file } : la colonne « { $heading } » manque. Ajoutez-la à la ligne des titres.
    .ici = La colonne « { $heading } » manque. Ajoutez-la à la ligne des titres.
oise-content-too-many = { $file }, ligne { $line } : le fichier a trop de lignes. Retirez celles qui ne servent pas.
    .ici = Le fichier a trop de lignes. Retirez celles qui ne servent pas.
oise-content-empty = { $file }, ligne { $line }, colonne « { $heading } » : la case est vide. Remplissez-la.
    .ici = La case est vide. Remplissez-la.
oise-content-not-a-number = { $file }, ligne { $line }, colonne « { $heading } » : « { $found } » n’est pas un nombre. Écrivez-le avec un point pour les décimales.
    .ici = « { $found } » n’est pas un nombre. Écrivez-le avec un point pour les décimales.
oise-content-not-allowed = { $file }, ligne { $line }, colonne « { $heading } » : « { $found } » n’est pas admis ici. Reprenez un mot déjà employé dans cette colonne.
    .ici = « { $found } » n’est pas admis ici. Reprenez un mot déjà employé dans cette colonne.
oise-content-unknown = { $file }, ligne { $line }, colonne « { $heading } » : « { $found } » n’existe pas. Corrigez le code, ou ajoutez d’abord ce qu’il nomme.
    .ici = « { $found } » n’existe pas. Corrigez le code, ou ajoutez d’abord ce qu’il nomme.
oise-content-twice = { $file }, ligne { $line } : « { $found } » est déjà donné plus haut. Retirez l’une des deux lignes.
    .ici = « { $found } » est déjà donné plus haut. Retirez l’une des deux lignes.
oise-content-formula = { $file }, ligne { $line }, colonne « { $heading } » : la formule est fausse au caractère { $position }. Corrigez-la à cet endroit.
    .ici = La formule est fausse au caractère { $position }. Corrigez-la à cet endroit.
oise-content-other-level = { $file }, ligne { $line }, colonne « { $heading } » : « { $found } » se collecte à un autre niveau. Employez SOMME_COMMUNES, ou une donnée du même niveau.
    .ici = « { $found } » se collecte à un autre niveau. Employez SOMME_COMMUNES, ou une donnée du même niveau.
oise-content-not-a-flow = { $file }, ligne { $line }, colonne « { $heading } » : « { $found } » ne s’additionne pas d’un trimestre à l’autre. Retirez le cumul.
    .ici = « { $found } » ne s’additionne pas d’un trimestre à l’autre. Retirez le cumul.
oise-content-other-names = { $file }, ligne { $line }, colonne « { $heading } » : les mots entre accolades ne sont pas ceux de la phrase française. Reprenez les mêmes.
    .ici = Les mots entre accolades ne sont pas ceux de la phrase française. Reprenez les mêmes.
oise-content-not-a-period = { $file }, ligne { $line }, colonne « { $heading } » : « { $found } » n’est pas la période attendue. Écrivez-la comme { $expected }.
    .ici = « { $found } » n’est pas la période attendue. Écrivez-la comme { $expected }.
oise-content-value = { $file }, ligne { $line }, colonne « { $heading } » : la valeur n’est pas admise par le questionnaire. Corrigez-la ou laissez la case vide.
    .ici = La valeur n’est pas admise par le questionnaire. Corrigez-la ou laissez la case vide.
oise-content-retired = { $file }, ligne { $line }, colonne « { $heading } » : « { $found } » est retiré dans cette édition. Retirez-le de la formule, ou gardez-le.
    .ici = « { $found } » est retiré dans cette édition. Retirez-le de la formule, ou gardez-le.
oise-content-words = { $file }, ligne { $line }, colonne « { $heading } » : « { $found } » contient des mots, qui ne se calculent pas. Employez une donnée chiffrée.
    .ici = « { $found } » contient des mots, qui ne se calculent pas. Employez une donnée chiffrée.
oise-content-units-sum = { $file }, ligne { $line }, colonne « { $heading } » : on ne peut pas additionner ni soustraire « { $left } » et « { $right } ». Employez des données de même unité.
    .ici = On ne peut pas additionner ni soustraire « { $left } » et « { $right } ». Employez des données de même unité.
oise-content-units-comparison = { $file }, ligne { $line }, colonne « { $heading } » : on ne peut pas comparer « { $left } » et « { $right } ». Employez des données de même unité.
    .ici = On ne peut pas comparer « { $left } » et « { $right } ». Employez des données de même unité.
oise-content-other-unit = { $file }, ligne { $line }, colonne « { $heading } » : l’unité annoncée est « { $announced } », mais la formule donne « { $found } ». Corrigez l’une des deux.
    .ici = L’unité annoncée est « { $announced } », mais la formule donne « { $found } ». Corrigez l’une des deux.
oise-content-other-meaning = { $file }, ligne { $line }, colonne « { $heading } » : « { $found } » désigne déjà autre chose : un code garde son sens pour toujours. Retirez-le et créez un autre code.
    .ici = « { $found } » désigne déjà autre chose : un code garde son sens pour toujours. Retirez-le et créez un autre code.
oise-content-within-year = { $file }, ligne { $line }, colonne « { $heading } » : « { $found } » se relève une fois par an et ne change qu’au début de son année. Choisissez un autre premier trimestre.
    .ici = « { $found } » se relève une fois par an et ne change qu’au début de son année. Choisissez un autre premier trimestre.
oise-content-not-a-time = { $file }, ligne { $line }, colonne « { $heading } » : « { $found } » n’est pas une période. Écrivez par exemple 2010-2020, depuis 2017 ou 2025T1 à 2025T4.
    .ici = « { $found } » n’est pas une période. Écrivez par exemple 2010-2020, depuis 2017 ou 2025T1 à 2025T4.

# Arbre des unités
oise-tree-twice = L’unité { $unit } est donnée deux fois. Retirez l’une des deux.
oise-tree-no-parent = L’unité { $unit } dépend de { $parent }, qui n’est pas donné. Ajoutez-le ou corrigez le rattachement.
oise-tree-not-above = L’unité { $unit } ne peut pas dépendre de { $parent }, dont le niveau n’est pas supérieur. Corrigez le rattachement.

# Formules
expression-empty = La formule est vide. Écrivez-en une, par exemple [DEM_POP].
expression-too-long = La formule dépasse { $limit } caractères. Raccourcissez-la.
expression-too-deep = Caractère { $column } : la formule a plus de { $limit } niveaux. Partagez-la en deux.
expression-unexpected = Caractère { $column } : « { $found } » n’est pas attendu ici. Retirez-le ou corrigez ce qui précède.
expression-unfinished = Caractère { $column } : la formule n’est pas finie. Il manque { $missing }.
expression-bad-number = Caractère { $column } : « { $found } » n’est pas un nombre. Écrivez-le avec un point, par exemple 0.5.
expression-unknown-function = Caractère { $column } : la fonction { $name } n’existe pas. Vérifiez son nom.
expression-wrong-operands = Caractère { $column } : { $name } ne s’écrit pas avec { $found } terme(s). Corrigez leur nombre.
expression-nested = Caractère { $column } : { $name } ne peut pas être placé dans une fonction de même nature. Séparez les deux calculs.
expression-repeated-dimension = Caractère { $column } : la ventilation { $name } est donnée deux fois. Réunissez ses options par +.
expression-comparison = Caractère { $column } : une comparaison n’est pas attendue ici. Écrivez un calcul.

# Gravité d’une alerte
oise-severity-blocking = Bloquante
oise-severity-warning = Avertissement
oise-severity-information = Information

# Niveaux
oise-level-commune = Commune
oise-level-cercle = Cercle
oise-level-region = Région
oise-level-nation = Pays
