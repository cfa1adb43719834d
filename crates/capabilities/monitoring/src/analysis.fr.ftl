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
analysis-map-few = De { $low } à { $high }
analysis-map-same = { $count ->
    [1] Une seule valeur : { $low }
   *[other] { $count } valeurs, toutes à { $low }
 }
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
analysis-refused-indicator = Paramètre « indicateur » : « { $found } » n’existe pas. Prenez un code de la liste, par exemple I010.
analysis-refused-place = Paramètre « lieu » : « { $found } » n’existe pas. Cherchez son code sur la page du territoire.
analysis-refused-quarter = Paramètre « periode » : « { $found } » n’est pas un trimestre. Écrivez-le comme 2024T4.
analysis-refused-unpublished = Paramètre « periode » : rien n’est publié pour { $place } au { $quarter }. Choisissez un trimestre publié, ou connectez-vous si ce lieu est le vôtre.
analysis-refused-not-then = Paramètre « lieu » : { $place } ne faisait pas partie du découpage au { $quarter }. Choisissez un autre trimestre ou le lieu qui lui a succédé.
analysis-refused-nothing = Paramètre « periode » : rien n’est encore publié pour { $place }. Revenez après la prochaine publication, ou connectez-vous si ce lieu est le vôtre.
analysis-refused-two-countries = Paramètre « lieu » : l’adresse mêle des lieux de deux pays. Demandez-les l’un après l’autre.
analysis-refused-too-many = Paramètre « { $parameter } » : { $most } valeurs au plus. Partagez la demande.

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

## Captions
analysis-caption = { $indicator }. { $finding }

## Reports: the page
report-to-indicators = Tous les indicateurs
report-write = Écrire les textes du rapport
report-not-written = Personne n’a encore écrit.
report-written-by = Écrit par { $who }, le { $day }.
report-field-highlights = Faits marquants du trimestre
report-field-highlights-hint = Un fait par ligne, dix lignes au plus. À écrire avant la validation.
report-field-analysis = Analyse qualitative
report-field-analysis-hint = Tendances, écarts entre communes, explications recueillies.
report-field-discussed = Date de l’échange avec le chargé de suivi régional
report-field-difficulties = Difficultés, solutions et programme du trimestre suivant
report-save = Enregistrer les textes
report-provisional-text = Ce trimestre n’est pas encore publié. Ce rapport peut changer et reste entre vous et le circuit de suivi.
report-refused-lines = { $found } lignes de faits marquants : { $most } au plus. Gardez les plus importantes.
report-refused-long = Ce texte a { $found } caractères : { $most } au plus. Raccourcissez-le.
report-refused-day = « { $found } » n’est pas une date. Écrivez le jour, le mois et l’année : 20/01/2025.
report-refused-empty = Rien n’est écrit. Notez au moins un fait marquant.

## Reports: what they share
report-published = Données publiées
report-model = Modèle { $model }, questionnaire { $mark }.
report-state-open = Trimestre ouvert à la saisie
report-state-closed = Trimestre clos au cercle le { $day }
report-state-validated = Trimestre validé par la région le { $day }
report-state-published = Trimestre publié le { $day }
report-total = Total
report-yes = oui
report-no = non
report-alphabetical = Ordre alphabétique : ce tableau n’est pas un classement.
report-key-note = { $moved } sur un an ; { $answered }
report-col-item = Rubrique
report-col-content = Contenu
report-col-measure = Mesure
report-col-year = Cumul { $year }
report-col-definition = Définition et calcul
report-col-supplier = Fournisseur de la donnée
report-col-answered-on = Répondu le
report-book-title = Valeurs du rapport – { $place }
report-book-elements = Données
report-supplied-by = Fournisseur : { $supplier }.
report-formula = { $numerator }, rapporté à { $denominator }.
report-formula-plain = { $numerator }.

## RAP-CCC
report-ccc-kind = Rapport d’activité trimestriel
report-ccc-title = Centre d’appui-conseil – { $place }
report-ccc-identity = Page de garde et identification
report-ccc-highlights = Faits marquants du trimestre
report-ccc-collection = État de la collecte
report-ccc-support = Demandes et appuis-conseils
report-ccc-training = Formations
report-ccc-brokering = Prestations et mise en relation
report-ccc-councils = Vie des collectivités
report-ccc-services = Services aux populations
report-ccc-cooperation = Coopération décentralisée
report-ccc-centre = Fonctionnement du centre
report-ccc-analysis = Analyse qualitative
report-ccc-difficulties = Difficultés, solutions et programme du trimestre suivant
report-ccc-annexes = Annexes
report-ccc-visa = Visa

report-identity-caption = Identification du rapport
report-identity-cercle = Cercle
report-identity-region = Région
report-identity-communes = Communes suivies
report-identity-quarter = Trimestre
report-identity-adviser = Conseiller du centre
report-identity-stopped = Données arrêtées le
report-identity-formulas = Version des formules
report-identity-state = État du trimestre
report-adviser-unknown = non inscrit
report-not-closed = trimestre non clos

report-highlights-missing = Faits marquants à écrire
report-highlights-missing-text = Dix lignes au plus, avant la validation. Elles s’écrivent sur la page de ce rapport.

report-returns-came = communes ont transmis leur fiche
report-deadline = délai : { $day }
report-alerts-raised = alertes relevées
report-alerts-open = { $count ->
    [0] toutes ont reçu une réponse
    [1] une attend une réponse
   *[other] { $count } attendent une réponse
 }
report-late-none = Aucune fiche n’est arrivée hors délai.
report-late-some = { $count ->
    [1] Une fiche est arrivée hors délai
   *[other] { $count } fiches sont arrivées hors délai
 } : { $names }.
report-absent-none = Aucune commune ne manque.
report-absent-some = { $count ->
    [1] Une commune n’a pas transmis
   *[other] { $count } communes n’ont pas transmis
 } : { $names }. Aucun chiffre n’est estimé à leur place.
report-no-alert = Aucune alerte n’a été relevée.
report-alerts-sentence = Les contrôles ont relevé { $blocking ->
    [0] zéro alerte bloquante
    [1] une alerte bloquante
   *[other] { $blocking } alertes bloquantes
 } et { $warnings ->
    [0] zéro avertissement
    [1] un avertissement
   *[other] { $warnings } avertissements
 }.
report-alerts-answered = { $count ->
    [0] Aucun chiffre n’a été maintenu avec une raison.
    [1] Un chiffre a été maintenu avec une raison.
   *[other] { $count } chiffres ont été maintenus avec une raison.
 }
report-alerts-left = { $count ->
    [0] Plus aucune alerte n’attend de réponse.
    [1] Une alerte attend encore une réponse.
   *[other] { $count } alertes attendent encore une réponse.
 }
report-collection-caption = Fiches des communes
report-collection-note = « Complétude » : part des cases obligatoires du trimestre qui portent une valeur.
report-col-received = Fiche reçue le
report-col-in-time = Dans le délai
report-col-filled = Cases remplies
report-col-complete = Complétude (%)
report-col-alerts = Alertes
report-not-received = non reçue

report-support-sentence = Le centre a reçu { $asked } demandes et réalisé { $given } appuis-conseils ce trimestre.
report-support-figure = Demandes reçues ({ $asked }) et appuis réalisés ({ $given }), par domaine
report-support-text = Pour chaque domaine, un point pour les demandes reçues et un point pour les appuis réalisés.
report-support-caption = Demandes et appuis par domaine
report-col-domain = Domaine d’appui
report-col-asked = Demandes
report-col-given = Appuis
report-col-asked-year = Demandes, cumul { $year }
report-col-given-year = Appuis, cumul { $year }

report-training-sentence = { $sessions } sessions de formation ont été tenues, soit { $days } jours, pour { $people } participants et un coût de { $cost } FCFA.
report-trained-caption = Participants formés, par public et par sexe
report-col-public = Public
report-training-caption = Formations, trimestre et cumul de l’année
report-brokering-caption = Contrats conclus par l’intermédiaire du centre
report-councils-caption = Vie des conseils, ce trimestre
report-means-caption = Ressources, plan et coopération
report-services-caption = Services aux populations, ensemble du cercle
report-services-communes = Services aux populations, par commune
report-cooperation-sentence = Les communes comptent { $partnerships } partenariats actifs, { $agreements } conventions en vigueur et { $actions } actions en cours, dont { $planned } % inscrites au PDSEC. Elles ont reçu { $received } FCFA ce trimestre.
report-cooperation-caption = Coopération décentralisée, trimestre et cumul de l’année
report-cooperation-communes = Coopération décentralisée, par commune
report-by-hand-title = À compléter par le centre
report-by-hand-text = Conventions arrivant à échéance dans douze mois ; appels de fonds en attente. Le suivi trimestriel ne recueille pas ces deux listes.
report-centre-sentence = { $members } collectivités sur { $all } adhèrent au centre, soit { $rate } %.
report-centre-caption = Fonctionnement du centre
report-analysis-missing = L’analyse qualitative reste à écrire : tendances, écarts entre communes, explications recueillies.
report-discussed = Analyse relue avec le chargé de suivi régional le { $day }.
report-not-discussed = La date de l’échange avec le chargé de suivi régional n’est pas inscrite.
report-difficulties-caption = Difficultés, solutions, responsables, échéances
report-col-difficulty = Difficulté
report-col-solution = Solution
report-col-responsible = Responsable
report-col-due = Échéance
report-annex-communes = Fiches communales
report-annex-alerts = Alertes et commentaires
report-annex-definitions = Définitions et formules utilisées
report-alerts-caption = Alertes relevées et raisons données
report-col-rule = Règle
report-col-finding = Constat
report-col-comment = Raison donnée
report-answered-by = ({ $office }, { $day })
report-unanswered = Sans réponse.
report-definitions-caption = Définitions
report-visa-text = Le code au pied de chaque page est l’empreinte de ce document. Les mêmes données donnent le même code.
report-visa-writer = Le rédacteur, conseiller du centre
report-visa-validator = Le validateur, chargé de suivi régional

## SYN-CRO and SYN-CNO
report-cro-kind = Synthèse trimestrielle
report-cro-title = Comité régional d’orientation – { $place }
report-cro-figures = Vingt chiffres de la région
report-cro-side = Les cercles côte à côte
report-cro-maps = Cartes
report-cro-quality = Qualité des données
report-cro-analysis = Analyse qualitative régionale
report-cro-cooperation = Coopération décentralisée dans la région
report-cro-recommendations = Recommandations et suites
report-cno-kind = Synthèse trimestrielle
report-cno-title = Comité national d’orientation – { $place }
report-cno-figures = Tableau de bord national
report-cno-side = Les régions côte à côte
report-cno-gaps = Écarts
report-cno-cooperation = Coopération décentralisée : état national
report-cno-quality = Couverture et qualité
report-cno-analysis = Analyse et recommandations
report-cno-annex = Annexe : définitions et formules
report-side-caption = Unités côte à côte
report-quality-caption = Promptitude et complétude des fiches communales
report-gaps-caption = Dispersion des communes
report-col-least = Minimum
report-col-quarter = 1er quart
report-col-middle = Milieu
report-col-three-quarters = 3e quart
report-col-most = Maximum
report-col-known = Communes

## Small additions
report-invented = Données d’exemple inventées.
report-formula-factor = { $numerator }, rapporté à { $denominator }, × { $factor }.
report-definitions-note = Sauf mention contraire, on additionne d’un niveau à l’autre les numérateurs et les dénominateurs, puis on divise. Jamais de moyenne de taux.
analysis-withheld-note = « restreint » : trop peu de personnes, ou une seule commune ; la valeur n’est pas publiée.
report-support-met = Sur quatre trimestres, { $value } % des demandes ont été satisfaites.
report-support-visits = Le centre a fait { $value } visites de terrain.
report-training-women = Sur quatre trimestres, les femmes sont { $value } % des participants.
report-form-empty = La fiche qui donne ces chiffres n’est pas remplie pour ce trimestre.
analysis-nothing-title = Aucun trimestre à montrer
analysis-nothing-text = Les indicateurs paraissent ici dès qu’un trimestre est publié.
analysis-nothing-next = Si vous saisissez ou suivez des valeurs, connectez-vous : vous verrez celles de votre territoire.
analysis-pictures = En images
