# L’explorateur : la question, la réponse, les mots qui l’accompagnent.
explorer-title = Explorer les chiffres
explorer-title-by = { $measures }, par { $split }
explorer-question = La question
explorer-what = Quoi
explorer-what-none = Aucune donnée choisie
explorer-where = Où
explorer-when = Quand
explorer-change = Changer
explorer-more = Autres réglages
explorer-start-title = Que voulez-vous savoir ?
explorer-start-text = Choisissez des indicateurs ou des données, puis les lieux et les périodes. L’adresse de la page garde toute la question : vous pouvez la partager.
explorer-choose-measures = Choisir des données
explorer-choose-measures-lede = Cochez ce que vous voulez voir ensemble, puis affichez. La recherche garde ce qui est coché à l’affichage.
explorer-choose-places = Choisir des lieux
explorer-choose-places-lede = Cochez un ou plusieurs lieux. Le détail au-dessous se règle sur la page de la réponse.
explorer-search = Chercher
explorer-search-hint = Un mot du nom, du secteur, de la définition, ou un code : eau, filles, I061.
explorer-search-place-hint = Une partie du nom ou le code. Les accents ne comptent pas.
explorer-find = Chercher
explorer-kept = Déjà choisi
explorer-found = { $count ->
    [0] Rien ne porte ces mots.
    [1] 1 donnée
   *[other] { $count } données
 }
explorer-places-found = { $count ->
    [0] Aucun lieu ne porte ce nom.
    [1] 1 lieu
   *[other] { $shown } lieux affichés sur { $count }
 }
explorer-within = Dans { $place }
explorer-indicators = Indicateurs
explorer-elements = Données recueillies
explorer-depth = Détail des lieux
explorer-depth-dessous = Juste au-dessous
explorer-depth-seul = Les lieux seuls
explorer-depth-region = Toutes les régions
explorer-depth-cercle = Tous les cercles
explorer-depth-commune = Toutes les communes
explorer-depth-national = Le pays
explorer-last-quarters = { $count ->
    [1] Dernier trimestre
   *[other] { $count } derniers trimestres
 }
explorer-last-years = { $count ->
    [1] Dernière année
   *[other] { $count } dernières années
 }
explorer-written = Ou écrivez les périodes
explorer-written-hint = 2024T4, 2023T1-2024T4, 2019-2024, 8T pour huit trimestres, 5A pour cinq années ; séparées par des virgules.
explorer-split = Ventiler par
explorer-split-none = Sans ventilation
explorer-whole = Ensemble
explorer-across = En colonnes
explorer-axis-lieux = Lieu
explorer-axis-mesures = Donnée
explorer-axis-ventilations = Ventilation
explorer-axis-periodes = Période
explorer-map = Découpage
explorer-map-of-then = Celui de chaque période
explorer-map-of-now = Celui d’aujourd’hui
explorer-map-from = Depuis le { $day }
explorer-map-of-day = Celui du { $day }
explorer-version = Chiffres
explorer-version-travail = Tels qu’ils sont aujourd’hui
explorer-version-publiee = Tels que publiés
explorer-shape = Forme de la réponse
explorer-shape-tableau = Tableau
explorer-shape-barres = Barres
explorer-shape-courbes = Courbes
explorer-shape-points = Points
explorer-shape-vignettes = Vignettes
explorer-shape-carte = Carte
explorer-shape-cercles = Cercles
explorer-no-picture = Cette forme ne convient pas à la question
explorer-no-tableau = Le tableau est au-dessous.
explorer-no-barres = Les barres montrent au plus 60 lieux. Choisissez un détail plus large, ou la carte. Les chiffres sont dans le tableau.
explorer-no-courbes = Les courbes demandent au moins deux périodes de même sorte et un lieu d’ensemble. Choisissez par exemple huit trimestres.
explorer-no-points = Les points comparent au plus quatre ventilations, ou la première et la dernière période. Choisissez une ventilation plus courte.
explorer-no-vignettes = Les vignettes montrent au moins deux périodes de même sorte et au plus 80 lieux.
explorer-no-carte = La carte demande au moins deux lieux dont le contour est connu. Les chiffres sont dans le tableau.
explorer-no-cercles = La carte en cercles demande au moins deux lieux dont le contour est connu. Les chiffres sont dans le tableau.
explorer-sum = Total
explorer-year = année { $year }
explorer-unseen = non publié
explorer-not-then = pas alors
explorer-places-count = { $count } lieux
explorer-places-by = { $places }, { $level ->
    [commune] par commune
    [cercle] par cercle
   *[other] par région
 }
explorer-measures-count = { $count } données
explorer-answered = { $level ->
    [commune] { $expected ->
        [1] commune a répondu
       *[other] communes ont répondu
     }
   *[other] { $expected ->
        [1] cercle a répondu
       *[other] cercles ont répondu
     }
 } ({ $period })
explorer-more-rows = { $shown } lignes affichées sur { $all } : les fichiers les ont toutes.
explorer-more-columns = { $shown } colonnes imprimées : les fichiers les ont toutes.
explorer-level-commune = commune
explorer-level-cercle = cercle
explorer-level-region = région
explorer-level-national = pays
explorer-col-level = Niveau
explorer-sheet = Tableau
explorer-paper-kind = Réponse de l’explorateur

## Ce que la réponse montre
explorer-finding-whole = { $place }, { $period } : { $value }.
explorer-finding-whole-none = { $place }, { $period } : aucune valeur.
explorer-finding-whole-up = { $place }, { $period } : { $value }, en hausse depuis { $before } ({ $from }).
explorer-finding-whole-down = { $place }, { $period } : { $value }, en baisse depuis { $before } ({ $from }).
explorer-finding-whole-same = { $place }, { $period } : { $value }, comme au départ ({ $from }).
explorer-finding-none = { $level ->
    [commune] Aucune commune n’a
    [cercle] Aucun cercle n’a
   *[other] Aucune région n’a
 } de valeur ({ $period }).
explorer-finding-whole-withheld = { $place }, { $period } : valeur restreinte.
explorer-finding-withheld = { $level ->
    [commune] Les valeurs des communes
    [cercle] Les valeurs des cercles
   *[other] Les valeurs des régions
 } sont restreintes ({ $period }).
explorer-finding-one = { $level ->
    [commune] Une seule commune
    [cercle] Un seul cercle
   *[other] Une seule région
 } sur { $all } a une valeur : { $low }.
explorer-finding-same = { $level ->
    [commune] Les communes qui ont une valeur sont toutes
    [cercle] Les cercles qui ont une valeur sont tous
   *[other] Les régions qui ont une valeur sont toutes
 } à { $low }.
explorer-finding-range = { $count } { $level ->
    [commune] communes
    [cercle] cercles
   *[other] régions
 } sur { $all } ont une valeur, de { $low } à { $high }.
explorer-finding-moves = De { $from } à { $to }, la valeur monte dans { $up } { $level ->
    [commune] { $up ->
        [0] commune
        [1] commune
       *[other] communes
     }
    [cercle] { $up ->
        [0] cercle
        [1] cercle
       *[other] cercles
     }
   *[other] { $up ->
        [0] région
        [1] région
       *[other] régions
     }
 }, baisse dans { $down } et reste la même dans { $same }.
explorer-finding-part = { $part } : { $value }
explorer-finding-coverage = { $measures } données, { $places ->
    [1] 1 lieu
   *[other] { $places } lieux
 }, { $periods ->
    [1] 1 période
   *[other] { $periods } périodes
 } : { $known } chiffres connus sur { $all }.
explorer-lines-many = Plus de six courbes se croiseraient : seule celle de l’ensemble est tracée. Les vignettes montrent chaque lieu.
explorer-text-bars = Barres horizontales, une par lieu, par ventilation ou par période : { $measure }. { $places }.
explorer-text-lines = Courbes dans le temps : { $measure }. { $places }.
explorer-text-dots = Un rang par lieu, un point par ventilation ou par période : { $measure }. { $places }.
explorer-text-multiples = Une petite courbe par lieu, toutes à la même échelle : { $measure }. { $places }.
explorer-text-map = Carte en nuances : { $measure }. { $places }.
explorer-text-symbols = Carte en cercles dont la surface suit la valeur : { $measure }. { $places }.

## Ce qu’il faut savoir pour la lire
explorer-caution-small = { $measure } : { $count ->
    [1] { $level ->
        [commune] 1 commune a
        [cercle] 1 cercle a
       *[other] 1 région a
     }
   *[other] { $count } { $level ->
        [commune] communes ont
        [cercle] cercles ont
       *[other] régions ont
     }
 } un dénominateur inférieur à { $small }. Un seul cas y change beaucoup le taux.
explorer-caution-years = Une année additionne les quatre trimestres de ce qui se compte au fil du temps, et prend la fin de l’année pour le reste. S’il manque un trimestre, elle n’a pas de valeur.
explorer-map-steady = Découpage : chaque période sur le sien ; il n’a pas changé pour ces lieux.
explorer-map-then = Découpage : chaque période sur le sien. { $count ->
    [1] 1 lieu n’a pas
   *[other] { $count } lieux n’ont pas
 } le même rattachement à toutes les périodes : les totaux au-dessus ne couvrent pas toujours les mêmes lieux.
explorer-map-now = Découpage : celui d’aujourd’hui pour toutes les périodes. Une commune compte là où elle est rattachée aujourd’hui ; une commune divisée compte dans ses parties selon les parts connues, sinon dans le lieu qui les réunit.
explorer-map-on = Découpage : celui du { $day } pour toutes les périodes. Une commune compte là où elle était rattachée ce jour-là ; une commune divisée compte dans ses parties selon les parts connues, sinon dans le lieu qui les réunit.

## Un chiffre expliqué
explorer-figure = Un chiffre expliqué
explorer-onward = Aller plus loin
explorer-to-indicator = La page de cet indicateur
explorer-to-below = Les lieux au-dessous
explorer-to-time = Ce chiffre dans le temps
explorer-to-split = Le même, par { $split }
explorer-year-end = Pour une année, la formule se lit à la fin de l’année.
explorer-year-sum = Pour une année, les quatre trimestres de chaque flux s’additionnent d’abord.

## Refus
explorer-refused-nothing = Aucune donnée n’est choisie. Choisissez des indicateurs ou des données, puis demandez le fichier.
explorer-refused-measure = « { $found } » n’est ni un indicateur, ni une donnée chiffrée, ni une de leurs parties. Choisissez dans la liste des données.
explorer-refused-place = Aucun lieu n’a le code « { $found } ». Choisissez dans la liste des lieux.
explorer-refused-time = « { $found } » n’est pas une période. Écrivez par exemple 2024T4, 2019-2024, 8T ou 5A.
explorer-refused-split = « { $found } » n’est pas une ventilation. Choisissez dans la liste.
explorer-refused-word = « { $found } » ne se comprend pas pour « { $parameter } ». Revenez à la page et choisissez dans la liste.
explorer-refused-two-countries = Les lieux choisis sont dans deux pays. Gardez les lieux d’un seul pays.
explorer-refused-too-many = La question porte plus de { $most } valeurs pour « { $parameter } ». Retirez-en.
explorer-refused-too-large = La réponse aurait { $found } chiffres ; le plus est { $most }. Demandez moins de lieux, de périodes ou de données.

## Les questions enregistrées et les notes
kept-title = Questions enregistrées
kept-lede = Une question enregistrée se repose sur les chiffres du jour. Avec quelques mots, elle devient une note d’une page.
kept-group-person = Pour moi
kept-group-place = Pour mon lieu
kept-group-everybody = Pour tous
kept-none-title = Aucune question enregistrée
kept-none-text = Posez une question dans l’explorateur, puis enregistrez-la.
kept-hint = Copier reprend la question sous un autre nom, sans toucher à la première.
kept-new = Enregistrer la question
kept-edit = Changer la question enregistrée
kept-form-lede = L’adresse de la question est gardée avec son nom. Les chiffres se relisent chaque fois.
kept-name = Nom, ou la question telle qu’elle est posée
kept-name-hint = Par exemple : Où en est la scolarisation des filles, par cercle, de 2019 à 2024 ?
kept-sharing = Qui la voit
kept-sharing-person = Moi seulement, sur ce poste
kept-sharing-place = Ceux qui travaillent à mon lieu, au-dessus et au-dessous
kept-sharing-everybody = Tout le monde
kept-as-note = En faire une note
kept-as-note-hint = La note tient sur une page : vos mots, un graphique, une carte, le tableau, la règle du découpage et les sources.
kept-see-answer = Voir la réponse
kept-note = Note
kept-change = Changer
kept-copy = Copier
kept-retire = Retirer
kept-keep = Enregistrer cette question
kept-public = Questions toutes prêtes
note-restricted = Contient des données restreintes, à ne pas diffuser.
note-kind = Note
note-asked-by = Demandé par
note-asked-on = Demandé le
note-text = Ce que vous en dites
note-text-hint = Quelques phrases : ce qui explique, ce qui manque, ce qui reste à vérifier. Une ligne vide fait un paragraphe.
kept-refused-name = La question n’a pas de nom. Écrivez-le en quelques mots.
kept-refused-long = Le texte a { $found } caractères ; le plus est { $most }. Raccourcissez-le.
kept-refused-day = « { $found } » n’est pas un jour. Écrivez par exemple 2025-01-20.
kept-refused-office = Vous n’avez pas de fonction dans un lieu. Demandez à l’administrateur du poste de l’ajouter.
kept-refused-narrowed = Cette question est déjà partagée : d’autres postes ont pu la recevoir. Copiez-la pour vous, puis retirez celle-ci.
kept-refused-unknown = Cette question n’existe plus. Revenez à la liste.
kept-replace = Remplacer la question gardée
kept-rethink = Changer les indicateurs, les lieux ou les périodes
kept-other-question = La question a changé
kept-other-question-text = Elle remplace l’ancienne quand vous enregistrez.
