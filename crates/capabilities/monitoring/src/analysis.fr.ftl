# The explorer of indicators and the files behind it. French is the source.

## The page
analysis-title = Indicateurs
analysis-choose = Choisir un indicateur, un lieu, un trimestre
analysis-choose-indicator = Indicateur
analysis-choose-all = Tous les indicateurs
analysis-choose-place = Lieu
analysis-choose-quarter = Trimestre
analysis-show = Afficher
analysis-print = Imprimer (PDF)
analysis-to-report = Rapport du trimestre
analysis-overview-title = Tous les indicateurs – { $place }
analysis-overview-lede = { $known } indicateurs sur { $all } ont une valeur au { $quarter }.
analysis-overview-caption = Indicateurs de { $place }, { $quarter }
analysis-communes-answered = communes ont répondu au moins en partie
analysis-compare-title = { $count } indicateurs côte à côte – { $place }
analysis-compare-lede = { $level ->
    [commune] Les communes
    [cercle] Les cercles
   *[region] Les régions
 } par ordre alphabétique, au { $quarter }.
analysis-compare-caption = { $place }, { $quarter }
analysis-provisional-title = Valeurs provisoires
analysis-provisional-text = Ce trimestre n’est pas encore publié. Ces valeurs peuvent changer et restent entre vous et le circuit de suivi.
analysis-none = n.d.
analysis-nd = « n.d. » : non disponible. Une valeur absente n’est pas un zéro.
analysis-incomplete = données incomplètes
analysis-withheld = restreint
analysis-withheld-title = Cette valeur n’est pas publiée
analysis-withheld-text = Elle compte trop peu de personnes, ou une seule commune. Demandez-la au centre du cercle si votre travail l’exige.
analysis-list = { $first } et { $last }
analysis-names-and-more = { $names } et { $more } autres
analysis-answered = { $answered }/{ $expected } { $level ->
    [commune] { $expected ->
        [1] commune
       *[other] communes
     }
    [cercle] { $expected ->
        [1] cercle
       *[other] cercles
     }
   *[other] unités
 }
analysis-units-answered = { $level ->
    [commune] { $expected ->
        [1] commune a répondu
       *[other] communes ont répondu
     }
   *[other] { $expected ->
        [1] cercle a répondu
       *[other] cercles ont répondu
     }
 }
analysis-missing = Sans réponse :
analysis-level-commune = Commune
analysis-level-cercle = Cercle
analysis-level-region = Région
analysis-level-national = Pays

## Sentences
analysis-lede-none = { $place } n’a pas de valeur au { $quarter }.
analysis-lede-plain = { $place } : { $value } au { $quarter }.
analysis-lede-year = { $place } : { $value } au { $quarter }, contre { $before } un an plus tôt.
analysis-move-up = en hausse
analysis-move-down = en baisse
analysis-move-same = stable
analysis-moved-up = en hausse sur un an ({ $before })
analysis-moved-down = en baisse sur un an ({ $before })
analysis-moved-same = stable sur un an
analysis-children-none = { $level ->
    [commune] Aucune commune n’a
    [cercle] Aucun cercle n’a
   *[region] Aucune région n’a
 } de valeur ce trimestre
analysis-children-one = { $level ->
    [commune] Une seule commune
    [cercle] Un seul cercle
   *[region] Une seule région
 } sur { $all } a une valeur : { $low }
analysis-children-same = { $level ->
    [commune] Les communes sont toutes
    [cercle] Les cercles sont tous
   *[region] Les régions sont toutes
 } à { $low }
analysis-children-range = { $level ->
    [commune] Les communes vont
    [cercle] Les cercles vont
   *[region] Les régions vont
 } de { $low } à { $high }, pour un ensemble à { $whole }
analysis-series-none = Aucune valeur sur la période
analysis-series-first = Première valeur au { $quarter } : { $now }
analysis-series-up = En hausse : { $before } au { $from }, { $now } au { $to }
analysis-series-down = En baisse : { $before } au { $from }, { $now } au { $to }
analysis-series-same = Stable à { $now }, du { $from } au { $to }
analysis-map-none = Aucune valeur à montrer sur la carte
analysis-map-few = Sur la carte : de { $low } à { $high }
analysis-map-half = { $level ->
    [commune] La moitié des communes est sous { $middle }
    [cercle] La moitié des cercles est sous { $middle }
   *[region] La moitié des régions est sous { $middle }
 }, de { $low } à { $high }
analysis-bars-text = Barres horizontales : { $indicator }, une barre par unité, par ordre alphabétique.
analysis-line-text = Courbe trimestre par trimestre : { $indicator }, { $place }.
analysis-map-text = Carte en cinq classes au plus : { $indicator }. Les unités sans donnée sont hachurées.
analysis-class = { $from } à moins de { $to } { $unit }
analysis-class-last = { $from } à { $to } { $unit }
analysis-figure-source = { $indicator }, { $quarter }. Réponses : { $answered }.
analysis-numbers = Voir les chiffres
analysis-classes = Voir les classes
analysis-approximate = Contours approchés, calculés à partir des points des communes. Ils n’ont aucune valeur juridique.
analysis-undrawn = Sans contour, donc absents de la carte :
analysis-no-map = Pas de carte : aucun contour n’est connu pour les unités de { $place }.
analysis-left-over = { $count ->
    [1] Une commune dont le rattachement n’est pas connu compte
   *[other] { $count } communes dont le rattachement n’est pas connu comptent
 } dans l’ensemble, sans ligne ici.
analysis-more-rows = Les { $shown } premières lignes sur { $all } ; le fichier CSV les donne toutes.

## Tables
analysis-tile-value = Valeur
analysis-tile-numerator = Numérateur
analysis-tile-denominator = Dénominateur
analysis-col-code = Code
analysis-col-indicator = Indicateur
analysis-col-place = Lieu
analysis-col-place-code = Code du lieu
analysis-col-period = Trimestre
analysis-col-value = Valeur
analysis-col-unit = Unité
analysis-col-numerator = Numérateur
analysis-col-denominator = Dénominateur
analysis-col-respondents = Réponses
analysis-col-answered = Ont répondu
analysis-col-expected = Attendus
analysis-col-missing = Sans réponse
analysis-col-state = État
analysis-col-before = Trimestre précédent
analysis-col-year-before = Un an avant
analysis-col-move = Sur un an
analysis-col-class = Classe
analysis-col-count = Nombre
analysis-children-caption = { $level ->
    [commune] Les communes, { $place }, { $quarter }
    [cercle] Les cercles, { $place }, { $quarter }
   *[region] Les régions, { $place }, { $quarter }
 }
analysis-state-published = publié
analysis-state-provisional = provisoire
analysis-state-withheld = restreint, non publié

## How a figure is made
analysis-definition = Comment ce chiffre est calculé
analysis-definition-sector = Secteur
analysis-definition-formula = Formule
analysis-definition-numerator = Numérateur
analysis-definition-denominator = Dénominateur
analysis-definition-making = Calcul
analysis-definition-gathering = D’un niveau à l’autre
analysis-definition-direction = Sens et rythme
analysis-definition-rhythm = Rythme
analysis-definition-source = Source
analysis-definition-note = Note
analysis-french-only = Les définitions des données n’existent qu’en français.
analysis-making-plain = La valeur est le numérateur lui-même.
analysis-making-ratio = Numérateur divisé par dénominateur.
analysis-making-factor = Numérateur divisé par dénominateur, multiplié par { $factor }.
analysis-gathering-sum = Les numérateurs s’additionnent, les dénominateurs aussi, puis on divise. Jamais de moyenne de taux.
analysis-gathering-recomputed = La formule se recalcule sur les valeurs additionnées des communes qui ont tout répondu.
analysis-gathering-weighted = Moyenne des communes, pondérée par : { $weight }.
analysis-gathering-counted = Compté par le programme, fiche par fiche, puis additionné.
analysis-direction-up = Une hausse est recherchée.
analysis-direction-down = Une baisse est recherchée.
analysis-direction-neutral = Ni hausse ni baisse n’est recherchée.
analysis-direction-one = L’égalité est recherchée : une valeur de 1.
analysis-rhythm-quarter = Suivi chaque trimestre.
analysis-rhythm-year = Suivi chaque année.
analysis-status-source = Notion nommée dans un document publié.
analysis-status-sector = Le guide nomme le domaine ; la donnée est proposée par le projet.
analysis-status-proposal = Proposition du projet, à confirmer.
analysis-parameter = { $name } ({ $value })
analysis-part = { $name } ({ $parts })
analysis-function-cumul4 = somme, sur quatre trimestres, de : { $inner }
analysis-function-cumul-an = somme, depuis le début de l’année, de : { $inner }
analysis-function-prec = période précédente de : { $inner }
analysis-function-prec4 = un an plus tôt : { $inner }
analysis-function-sieges = sièges que la loi fixe pour : { $inner }
analysis-function-oui = oui (1) ou non (0) : { $inner }
analysis-function-abs = valeur sans signe de : { $inner }
analysis-function-max = le plus grand de : { $inner }
analysis-function-renseigne = 1 si la donnée est connue, sinon 0 : { $inner }
analysis-function-nb-communes = nombre de communes qui répondent
analysis-function-somme-communes = somme, sur les communes, de : { $inner }
analysis-function-fiches-a-temps = fiches reçues dans le délai
analysis-function-fiches-attendues = fiches attendues
analysis-function-cases-renseignees = cases obligatoires renseignées
analysis-function-cases-obligatoires = cases obligatoires

## Refusals. The parameter stands in the address.
analysis-refused-indicator = L’indicateur « { $found } » n’existe pas. Prenez un code de la liste, par exemple I010.
analysis-refused-place = Le lieu « { $found } » n’existe pas. Cherchez son code sur la page du territoire.
analysis-refused-quarter = « { $found } » n’est pas un trimestre. Écrivez-le comme 2024T4.
analysis-refused-unpublished = Rien n’est publié pour { $place } au { $quarter }. Choisissez un trimestre publié, ou connectez-vous si ce lieu est le vôtre.
analysis-refused-not-then = { $place } ne faisait pas partie du découpage au { $quarter }. Choisissez un autre trimestre ou le lieu qui lui a succédé.
analysis-refused-nothing = Rien n’est encore publié pour { $place }. Revenez après la prochaine publication, ou connectez-vous si ce lieu est le vôtre.
analysis-refused-two-countries = L’adresse mêle des lieux de deux pays. Demandez-les l’un après l’autre.
analysis-refused-too-many = Trop de valeurs pour « { $parameter } » : { $most } au plus. Partagez la demande.

## Files
analysis-book-title = Indicateurs de suivi des collectivités
analysis-book-values = Valeurs
analysis-book-definitions = Définitions
analysis-paper-kind = Indicateur de suivi
analysis-paper-explained = Comment ce chiffre est calculé
analysis-source-questionnaire = Questionnaire de référence de suivi-évaluation, version 1.0 ; définitions et formules proposées par le projet.
analysis-source-invented = Données d’exemple inventées : elles ne décrivent aucun lieu réel.
analysis-source-provisional = Certaines valeurs sont provisoires : le trimestre n’est pas encore publié.
analysis-source-journal = Données du { $day }, position { $position } du journal ({ $mark }).
analysis-source-empty = Aucune donnée reçue.

## Units of the questionnaire
oise-unit-percent = %
oise-unit-fcfa = FCFA
oise-unit-fcfa-hab = FCFA/hab.
oise-unit-contacts = contacts
oise-unit-emplois = emplois
oise-unit-hab-km2 = hab./km²
oise-unit-habitants = habitants
oise-unit-indice = { "" }
oise-unit-jours = jours
oise-unit-par-action = par action
oise-unit-par-an = par an
oise-unit-pour-1-000 = pour 1 000
oise-unit-pour-10 = pour 10
oise-unit-eleves = élèves

## Sectors of the questionnaire
oise-sector-activites-sociales-et-culturelles = Activités sociales et culturelles
oise-sector-activites-economiques = Activités économiques
oise-sector-appui-conseil-du-centre = Appui-conseil du centre
oise-sector-cooperation = Coopération
oise-sector-demographie-et-territoire = Démographie et territoire
oise-sector-finances-locales = Finances locales
oise-sector-formations = Formations
oise-sector-hydraulique-et-assainissement = Hydraulique et assainissement
oise-sector-planification = Planification
oise-sector-profil-des-ediles-et-vie-du-conseil = Profil des édiles et vie du conseil
oise-sector-sante = Santé
oise-sector-tutelle-et-services-du-cercle = Tutelle et services du cercle
oise-sector-education = Éducation
oise-sector-etat-civil = État civil
