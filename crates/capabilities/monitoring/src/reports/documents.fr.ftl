# Les documents standard, leur registre, leur diffusion.
documents-title = Documents du trimestre
documents-of = Documents – { $place }
documents-open-title = Le trimestre est ouvert
documents-open-text = Les chiffres peuvent encore changer. Les documents se lisent comme projets ; ils s’émettent une fois le trimestre clos.
documents-below-commune = Plus bas
documents-below-cercle = Les communes
documents-below-region = Les cercles
documents-below-national = Les régions
document-kind-rap-ccc = Rapport d’activité du centre
document-kind-syn-clo = Synthèse pour le comité local
document-kind-syn-cro = Synthèse pour le comité régional
document-kind-syn-cno = Synthèse pour le comité national
document-kind-fiche-com = Fiche communale
document-kind-fiche-part = Fiche de partenariat
document-kind-donnees = Données ouvertes
document-about-rap-ccc = Quatorze parties, des faits marquants au visa ; définitions en annexe. Pour le comité local et le chargé de suivi régional.
document-about-syn-clo = Quatre pages au plus : dix chiffres, les communes côte à côte, ce qui appelle une décision, les recommandations.
document-about-syn-cro = Six pages au plus : vingt chiffres, les cercles côte à côte, trois cartes, la qualité des données.
document-about-syn-cno = Huit pages au plus : le tableau de bord national, les régions côte à côte, les écarts, la couverture.
document-about-fiche-com = Une page à pictogrammes, pour les habitants : services, argent, coopération, restitution.
document-about-fiche-part = Deux pages au plus, pour les partenaires et le public : collectivités, convention, actions, chronologie, résultats.
document-about-donnees = Les résultats publiés, avec leur dictionnaire et leur licence.
document-state-issued = Émis, version { $version }, le { $day }
document-state-republished = Émis, version { $version }, le { $day } ; la nation a republié ce trimestre le { $again }
document-republished = La nation a republié ce trimestre le { $day }. Ce document montre les chiffres d’avant.
document-state-ready = À émettre
document-state-draft = Projet
document-stage-closed = trimestre clos au cercle
document-stage-validated = trimestre validé par la région
document-stage-published = trimestre publié
document-stage-register = selon le registre
document-issue = Émettre le document
document-issue-again = Émettre une nouvelle version
document-issues = Versions émises
document-issued-told = Version { $version }, émise le { $day } ({ $office }), { $stage }.
document-code-word = Code :
document-size = { $size } ko
document-hashes = Empreintes des fichiers
document-hand = Noter une remise
document-handed-caption = À qui le document a été remis
document-to = Destinataire
document-means = Moyen
document-day = Jour
document-version = Version
document-hand-save = Noter la remise
document-source-published = Publication du { $day }, position { $position } du journal ({ $mark }).
issue-refused-open = Le trimestre { $quarter } est encore ouvert : ses chiffres changent. Clôturez-le d’abord.
issue-refused-already = Ces mêmes fichiers sont déjà émis : version { $version }, le { $day }. Rien n’a changé depuis.
issue-refused-large = Ce fichier dépasse { $size } Mo. Il ne peut pas être conservé dans le registre.
issue-refused-not-issued = Ce document n’est pas encore émis. Émettez-le, puis notez la remise.
issue-refused-receiver = Le destinataire manque. Écrivez à qui le document a été remis.
issue-refused-long = Ce texte a { $found } caractères : { $most } au plus. Raccourcissez-le.
issue-refused-day = « { $found } » n’est pas un jour passé. Écrivez le jour, le mois et l’année : 20/01/2025.

report-to-documents = Documents du trimestre
report-to-recommendations = Recommandations
report-choose-document = Documents de ce lieu
report-see-internal = Voir l’édition interne, avec les données restreintes et les corrections
report-see-public = Voir l’édition publiée

verify-title = Vérifier un document
verify-link = Vérifier un document
verify-lede = Un document émis garde son empreinte. Donnez le fichier, son empreinte ou le code au pied de ses pages.
verify-by-file = Par le fichier
verify-file = Fichier à vérifier
verify-file-hint = PDF, DOCX, XLSX ou ZIP, 16 Mo au plus. Le fichier est lu, puis oublié.
verify-by-mark = Par l’empreinte ou le code
verify-mark = Empreinte ou code
verify-mark-hint = Le code a huit signes, comme K7QF-2MNA. De l’empreinte, huit chiffres suffisent.
verify-button = Vérifier
verify-no-file = Aucun fichier n’a été choisi. Choisissez-en un, puis vérifiez.
verify-not-a-mark = Ce n’est ni un code ni une empreinte. Recopiez les huit signes du pied de page, ou au moins huit chiffres de l’empreinte.
verify-unknown-title = Document inconnu
verify-unknown-text = Aucun document émis et connu de ce poste n’a cette empreinte ni ce code. Le fichier a pu être modifié, ou il vient d’un poste dont rien n’est encore arrivé.
verify-known-title = Document authentique
verify-exists-title = Un document de ce code existe ; comparez-le
verify-exists-text = Un code se recopie : il ne prouve rien seul. Donnez le fichier ou toute son empreinte.
verify-document = Document
verify-place = Lieu
verify-state = État
verify-latest = Dernière version émise
verify-older = Une version plus récente existe
verify-see-latest = La voir
verify-hash = Empreinte du fichier

recommend-title = Recommandations – { $place }
recommend-crumb = Recommandations
recommend-kicker = Comité d’orientation
recommend-new = Nouvelle recommandation
recommend-text = Recommandation
recommend-owner-hint = La fonction ou l’organisme qui en répond.
recommend-add = Ajouter la recommandation
recommend-none = Aucune recommandation
recommend-none-text = Celles que le comité adopte s’inscrivent ici, avec leur responsable et leur échéance.
recommend-caption = Recommandations et suites
recommend-quarter = Trimestre
recommend-state-head = État
recommend-state-open = à faire
recommend-state-under-way = en cours
recommend-state-done = exécutée
recommend-state-dropped = abandonnée
recommend-follow = Dire où elle en est
recommend-note = Note
recommend-save = Enregistrer l’état
recommend-missing-texte = La recommandation manque. Écrivez ce qui est à faire.
recommend-missing-responsable = Le responsable manque. Écrivez qui en répond.
recommend-missing-echeance = L’échéance manque. Choisissez un jour.
recommend-too-long = Ce texte a { $found } caractères : { $most } au plus. Raccourcissez-le.
recommend-day = « { $found } » n’est pas une date. Écrivez le jour, le mois et l’année : 30/06/2025.
recommend-past = L’échéance du { $day } est déjà passée. Choisissez un jour à venir.
recommend-state = « { $found } » n’est pas un état. Choisissez-en un dans la liste.
report-recommend-before = Suites des recommandations précédentes
report-recommend-now = Nouvelles recommandations
report-recommend-none = Aucune recommandation précédente n’est inscrite.

## SYN-CLO
report-clo-kind = Synthèse trimestrielle
report-clo-title = Comité local d’orientation – { $place }
report-clo-figures = Dix chiffres du cercle
report-clo-side = Les communes côte à côte
report-clo-decisions = Ce qui appelle une décision
report-clo-recommendations = Suites des recommandations précédentes
report-clo-cooperation = Coopération : vue du cercle
report-clo-side-caption = Les communes côte à côte
report-clo-watch = { $value }, alors que l’attention est appelée à { $watch }.
report-clo-watch-note = Le seuil d’attention de chaque indicateur est dans les définitions de référence. Il ne classe aucune commune.
report-clo-silent = Sans aucune donnée depuis deux trimestres : { $names }.
report-clo-broken = Points d’eau en panne à la fin du trimestre : { $now }. Au moins { $long } étaient en panne au trimestre précédent déjà, à nombre égal.
report-clo-nothing = Aucun des dix chiffres n’appelle l’attention et toutes les communes ont transmis.
report-clo-followed = Recommandations, trimestre et cumul de l’année
report-clo-next = À compléter en séance
report-clo-to-write = À écrire
report-clo-renew = Conventions à renouveler
report-clo-forum = Prochain espace de concertation
report-clo-next-note = Le suivi trimestriel ne recueille ni l’échéance des conventions ni la date du prochain espace.

## FICHE-COM
report-com-kind = Fiche communale
report-com-title = { $place }
report-com-identity = Identité
report-com-services = Services
report-com-money = Argent de la commune
report-com-cooperation = Coopération
report-com-told = Ce que la commune a dit aux habitants
report-com-people = habitants
report-com-villages = villages, fractions et quartiers
report-com-council = conseillers en exercice
report-com-plan = plan de développement (PDSEC)
report-com-plan-in-force = en vigueur
report-com-no-plan = aucun en vigueur
report-com-before = { $quarter } : { $value }
report-com-year = { $year } : { $value }
report-com-partners = Partenaires inscrits au registre : { $names }.
report-com-partners-more = Partenaires inscrits au registre : { $names }, et { $more } de plus.
report-com-say-nothing = Le chiffre n’est pas connu.
report-com-say-I040 = Sur 100 habitants, { $value } vivent à cinq kilomètres ou moins d’un centre de santé.
report-com-say-I047 = Pour 100 F dépensés par les centres de santé, { $value } F viennent de leurs recettes.
report-com-say-I060 = Les élèves du premier cycle sont { $value } pour 100 enfants de 7 à 12 ans.
report-com-say-I063 = Une salle de classe reçoit en moyenne { $value } élèves.
report-com-say-I081 = Sur 100 habitants, { $value } ont accès à l’eau potable, selon la norme.
report-com-say-I082 = Sur 100 points d’eau, { $value } fonctionnent.
report-com-say-I101 = Sur 100 F dus au marché, { $value } F sont perçus.
report-com-say-I120 = Sur 100 naissances attendues, { $value } sont inscrites dans les délais.
report-com-revenue = Recettes encaissées par origine
report-com-revenue-figure = Recettes encaissées depuis le début de { $year }, par origine
report-com-revenue-text = Une barre par origine : impôts, recettes propres, dotations, ANICT, coopération, autres fonds.
report-com-origin = Origine
report-com-amount = Montant (FCFA)
report-com-told-unknown = La commune n’a pas dit combien de restitutions publiques elle a tenues ce trimestre.
report-com-told-none = La commune n’a tenu aucune restitution publique ce trimestre.
report-com-told-some = Restitutions publiques tenues ce trimestre : { $meetings } (participants : { $people }).
report-com-told-next = Prochaine restitution : le ……………………………  à ……………………………

## What the register says
partners-none = Le registre ne connaît aucun partenariat de ce lieu.
partners-caption = Partenariats inscrits au registre ({ $count })
partners-malian = Collectivité
partners-foreign = Partenaire
partners-country = Pays partenaire
partners-country-caption = Partenariats par pays
partners-since = Depuis
partners-status = Statut
partners-status-caption = Partenariats par statut
partners-count = Partenariats
partners-other-countries = Autres pays
partners-sentence = Le registre compte { $count } partenariats avec des collectivités de { $countries } pays.
partners-note = Source : registre des partenariats. Un statut non renseigné reste tel : rien n’est supposé.

## SYN-CRO and SYN-CNO
report-gaps-figure = La moitié des communes se tient entre le premier et le dernier point de chaque ligne
report-gaps-finding = Les communes s’écartent le plus pour « { $indicator } » : la moitié se tient entre { $low } et { $high } %
report-gaps-figure-text = Pour chaque indicateur en pourcentage, trois points : premier quart, milieu, troisième quart des communes.
report-map-few = { $indicator } : { $count ->
    [0] aucune donnée ce trimestre
   *[other] donnée d’une seule commune ce trimestre, pas de carte
 }.
report-coverage = { $answered } { $answered ->
    [0] commune
    [1] commune
   *[other] communes
 } sur { $communes } { $answered ->
    [0] a
    [1] a
   *[other] ont
 } des données. Découpage au { $day } : { $cercles } { $cercles ->
    [0] cercle
    [1] cercle
   *[other] cercles
 }, { $communes } { $communes ->
    [0] commune
    [1] commune
   *[other] communes
 }.
report-rules-caption = Règles de contrôle les plus souvent en alerte
report-rules-sort = Gravité
report-rules-what = Ce que la règle vérifie
report-rules-units = Alertes
report-rules-cross = Recoupement
report-origin-caption = Montants engagés par origine (FCFA)
report-annex-formulas = Formules du questionnaire { $mark }.
report-annex-map-same = Le découpage est le même qu’au trimestre précédent.
report-annex-map = { $count } { $count ->
    [1] unité a changé
   *[other] unités ont changé
 } depuis le trimestre précédent : { $names }.

## Quoted of the circuit
quoted-about = Question sur { $place } : { $about }
quoted-corrections = Corrections apportées à des trimestres clos
quoted-before = Avant
quoted-after = Après
quoted-why = Pourquoi, par qui
quoted-more = Et { $count } autres corrections, dans le journal.
national-data-of = Données nationales du { $day } ({ $quarter })

## Open data
opendata-title = Données ouvertes
opendata-kicker = Suivi des collectivités
opendata-lede = Un jeu de données par trimestre publié : résultats, dictionnaire, licence, empreinte. Son adresse ne change pas.
opendata-catalogue = Catalogue DCAT
opendata-none = Rien n’est encore publié
opendata-none-text = Les données paraissent ici dès que la nation publie un trimestre.
opendata-caption = Jeux de données publiés
opendata-dataset = Jeu de données
opendata-published = Publié le
opendata-files = Fichiers
opendata-not-issued = pas encore émis
opendata-of = { $place }, { $quarter }
opendata-one-lede = Le fichier ZIP est un « Data Package » : des CSV et leur descripteur. Les mêmes octets à chaque demande.
opendata-licence = Licence
opendata-address = Adresse stable
opendata-withheld = Les données restreintes n’y sont pas sous le seuil de publication, ni pour une commune seule.
opendata-dictionary = Dictionnaire
opendata-field = Champ
opendata-type = Type
opendata-readme = Suivi des collectivités – { $place }, { $quarter }
    Publié le { $day }. Licence : { $licence }.
    resultats.csv : un résultat par indicateur et collectivité.
    indicateurs.csv : définitions, unités, calculs.
    unites.csv : collectivités au dernier jour du trimestre.
    dictionnaire.csv : chaque champ de chaque fichier.
    datapackage.json : le descripteur (Frictionless Data Package).
    Une valeur absente n’est pas un zéro. Les données restreintes sous le seuil de publication, ou d’une commune seule, n’y sont pas.
    Aucun classement de communes n’est publié.
