## The plan of the circuit, and its change by the nation
plan-title = Circuit et délais
plan-lede = Qui dépose, clôt, valide et publie, chez qui, et pour quel jour.
plan-caption = Le circuit en vigueur et à venir
plan-act = Étape
plan-act-deposer = Déposer les fiches
plan-act-clore = Clore le trimestre
plan-act-valider = Valider le trimestre
plan-act-publier = Publier le trimestre
plan-within = Dans
plan-everywhere = Tout le pays
plan-takes = Fait par
plan-level-commune = la commune
plan-level-cercle = le cercle
plan-level-region = la région ou le District
plan-level-national = la nation
plan-or = {", sinon "}
plan-days = Jours après le trimestre
plan-from = À partir de
plan-always = l’origine
plan-state-now = En vigueur
plan-state-later = À venir
plan-state-before = Remplacé
plan-remove = Retirer
plan-how = La ligne du lieu le plus proche compte. Pour un même lieu, la dernière ligne commencée compte. Les anciens trimestres gardent leur circuit.
plan-add = Changer le circuit
plan-from-hint = Les trimestres d’avant gardent leur circuit.
plan-within-hint = Code d’une commune, d’un cercle ou d’une région. Vide : tout le pays.
plan-delay = Délai
plan-delay-hint = Comptez à partir du dernier jour du trimestre.
plan-delay-unit = jours
plan-direct = Clore directement à la région ou au District
plan-direct-hint = Pour l’étape « Clore » : ce lieu ne passe plus par un cercle.
plan-to = Validé par un autre lieu
plan-to-hint = Pour l’étape « Valider » : code de la région qui valide à la place de la sienne.
plan-look = Voir ce qui change
plan-look-questions = Voir ce changement
plan-write = Enregistrer le circuit
plan-reason = Motif
plan-reason-hint = Tous les postes le lisent avec le nouveau circuit.
plan-seen = { $count ->
    [0] Rien ne change pour le { $quarter }
    [one] Une unité change à partir du { $quarter }
   *[other] { $count } unités changent à partir du { $quarter }
 }
plan-seen-questions = La validation demandera autre chose des questions bloquantes
plan-seen-caption = Ce qui change
plan-seen-hint = Rien n’est encore écrit.
plan-before = Avant
plan-after = Après
plan-units = Unités
plan-nobody = personne
plan-done = Le circuit est enregistré. Il part vers les postes avec le prochain envoi.
plan-questions = Questions bloquantes
plan-questions-label = Pour valider, chaque question bloquante doit
plan-questions-rien = ne rien avoir : la validation n’attend pas
plan-questions-reponse = avoir une réponse
plan-questions-cloture = être réglée
plan-history = Circuits enregistrés
plan-number = Circuit n° { $number }
plan-quarter = Un changement peut commencer au trimestre { $first }, pas avant. Les trimestres transmis gardent leur circuit. Choisissez un trimestre de la liste.
plan-delay-wrong = Le délai compte de 0 à { $longest } jours. Écrivez un nombre entier, par exemple 15.
plan-to-wrong = Seule la validation se confie à un autre lieu. Videz cette case, ou choisissez l’étape « Valider ».
plan-place = « { $place } » n’est pas un lieu du circuit de ce pays. Prenez le code d’une commune, d’un cercle ou d’une région.
plan-office = « { $place } » ne valide rien. Prenez le code d’une région ou du District.
plan-direct-wrong = Seule la clôture passe directement à la région. Décochez la case, ou choisissez l’étape « Clore ».
plan-begun = Cette ligne a commencé : des trimestres la suivent. Ajoutez une ligne à partir d’un trimestre à venir.
plan-full = Le circuit a déjà { $most } lignes. Retirez une ligne à venir, ou changez-la.
plan-same = Rien ne change. Modifiez une case, puis regardez de nouveau.

## Terms
terms-title = Échéances
terms-lede = Ce qui est dû au { $day }, et pour quel jour. Cette page s’imprime.
terms-mine = Ce qui vous revient
terms-mine-caption = Vos étapes
terms-nothing = Vous ne devez rien aujourd’hui.
terms-what = À faire
terms-until = Au plus tard
terms-missing = { $count ->
    [one] { $count } envoi manque
   *[other] { $count } envois manquent
 }
terms-quarter = Les jours du { $quarter }
terms-caption = Le circuit de { $place }
terms-how = Ces jours comptent aussi pour la promptitude.
duty-deposer = Déposer les fiches { $quarter }, { $place }
duty-clore = Clore { $quarter }, { $place }
duty-valider = Valider { $quarter }, { $place }
duty-publier = Publier { $quarter }, { $place }
duty-missing = { $count ->
    [one] {" ; "}{ $count } envoi manque
   *[other] {" ; "}{ $count } envois manquent
 }
duty-answer = Répondre à une question, { $place } : { $text }
duty-read = Lire une réponse, { $place } : { $text }
duty-reopening = Répondre à une demande de réouverture { $quarter }, { $place }
duty-sent-back = { $count ->
    [one] Revoir { $count } chiffre { $quarter }
   *[other] Revoir { $count } chiffres { $quarter }
 }
due-deposer = À déposer au plus tard le { $day }.
due-clore = À clore au plus tard le { $day }.
due-valider = À valider au plus tard le { $day }.
due-publier = À publier au plus tard le { $day }.

## What a mark is put under, and its slip
under-title = Sous quelles formules et quelle carte
under-questionnaire = Questionnaire
under-edition = édition { $number }, empreinte { $hash }
under-map = Carte
under-map-from = en vigueur depuis le { $day }
under-map-oldest = la plus ancienne connue
under-territory = Territoire
under-territory-value = { $count ->
    [one] { $count } commune
   *[other] { $count } communes
 }, empreinte { $hash }
under-circuit = Circuit
under-circuit-shipped = celui d’origine
under-none = Cette marque est ancienne : elle ne dit pas ses formules ni sa carte.
slip-title = Bordereau
slip-open = Bordereau à imprimer
slip-closed = Clôture
slip-validated = Validation
slip-published = Publication
slip-heading = { $step } du { $quarter }
slip-by = Le { $day }, { $who }
slip-code = Code : { $code }
slip-received = { $count ->
    [0] Rien n’est reçu
    [one] { $count } envoi reçu
   *[other] { $count } envois reçus
 }
slip-caption = Ce que la signature couvre
slip-mark = Code de l’envoi
slip-how = Deux postes qui lisent les mêmes codes ont les mêmes fiches, les mêmes formules et la même carte.
