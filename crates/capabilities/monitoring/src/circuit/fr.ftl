## Reopening a closed quarter
circuit-not-closed = Le trimestre { $quarter } n’est pas clos : il n’y a rien à rouvrir. Corrigez la case dans la fiche.
reopening-already-asked = La réouverture de { $quarter } est demandée depuis le { $day }. Attendez la réponse, ou joignez l’échelon supérieur.
reopening-answered-already = Cette demande de réouverture de { $quarter } a déjà sa réponse. Rechargez la page.

## Questions
questions-wait = { $count ->
    [one] { $count } question bloquante de { $quarter } attend.
   *[other] { $count } questions bloquantes de { $quarter } attendent.
 } Lisez les réponses du cercle, ou réglez la question avec lui.
question-settled-already = Cette question est réglée. Posez-en une nouvelle si un doute reste.
question-no-text = Il n’y a pas de texte. Écrivez votre phrase, puis envoyez-la.
question-no-such = « { $what } » n’est pas sur les fiches de cette unité. Choisissez une case ou un indicateur de l’unité.

## The plan of the circuit
plan-line = La ligne { $line } du circuit ne peut pas être suivie. Vérifiez ses six colonnes, puis recommencez.
plan-step = Le circuit n’a pas d’étape « { $step } » pour tout le pays. Ajoutez sa ligne, puis recommencez.

## Keying twice
second-seed = La graine du tirage compte de 1 à { $longest } caractères. Écrivez par exemple le lieu et le trimestre.
second-share = La part à tirer va de 1 à 100 %. Écrivez un nombre entier.
second-nothing-keyed = Rien n’est saisi pour { $quarter } : il n’y a rien à tirer. Saisissez d’abord les fiches.
second-not-drawn = Cette fiche n’est dans aucun tirage. Choisissez une fiche tirée.
second-same-person = Vous avez saisi cette fiche la première fois. Confiez la seconde saisie à une autre personne.
second-other-person = Une autre personne a commencé cette seconde saisie. Laissez-la finir, ou choisissez une autre fiche.
second-finished = La seconde saisie de cette fiche est finie. Lisez les écarts et décidez pour chacun.
second-cells = { $count ->
    [one] { $count } case n’est pas une réponse.
   *[other] { $count } cases ne sont pas des réponses.
 } Corrigez-les, puis enregistrez de nouveau.
second-no-difference = Les deux saisies disent la même chose dans cette case. Il n’y a rien à décider.
second-locked = Le trimestre { $quarter } est clos. Demandez sa réouverture pour changer cette case.

## The pages of the circuit
room-reception = Réception
room-questions = Questions
circuit-questions = Questions : { $open } sur { $count } à régler
circuit-corrections = { $count ->
    [0] Aucune correction
    [one] { $count } correction
   *[other] { $count } corrections
 }
reopening-title = Réouverture
reopening-ask = Demander la réouverture
reopening-reason = Pourquoi rouvrir ce trimestre
reopening-hint = Dites quelles cases changent et pourquoi. La région répond ; la nation aussi, si la région a déjà validé.
reopening-awaited = La réponse de { $place } est attendue.
reopening-answer-reason = Motif de la réponse
reopening-accept = Accepter la réouverture
reopening-refuse = Refuser
reopening-yes = accepte :
reopening-no = refuse :
reopening-waiting = En attente
reopening-accepted = Acceptée
reopening-refused = Refusée
corrections-title = Corrections
corrections-lede = Ce qui a changé après la clôture. L’ancienne valeur reste, avec son auteur et le motif.
corrections-none-title = Aucune correction
corrections-none-text = Aucune valeur n’a changé après la clôture de ce trimestre.
corrections-count = { $count ->
    [one] { $count } case corrigée
   *[other] { $count } cases corrigées
 }
corrections-cell = Case
corrections-before = Avant
corrections-after = Après
corrections-by = Déposé par
corrections-why = Motif
corrections-empty = vide
corrections-late = Fiche arrivée après la clôture
corrections-accepted = Réouverture acceptée : { $office }
corrections-not-public = pas encore publiée
questions-title = Questions
questions-lede = Ce que la région ou la nation demande sur un chiffre, et ce que le cercle répond.
questions-none-title = Aucune question
questions-none-text = Personne n’a posé de question sur ce trimestre.
questions-count = { $count ->
    [one] { $count } question
   *[other] { $count } questions
 }, dont { $open } à régler.
questions-all = Toutes les questions
question-title = Question
question-new = Poser une question
question-ask = Poser la question
question-about = Sur quoi
question-about-hint = Code d’une case (SAN_ACC), d’un indicateur (I019) ou d’une alerte (V018). Vide : tout le trimestre.
question-about-quarter = Tout le trimestre
question-about-alert = Alerte { $rule }
question-text = Question
question-text-hint = Le cercle la lit au prochain envoi et répond sans réseau.
question-blocks = Bloquante
question-blocks-hint = La région ne valide pas le trimestre avant la réponse.
question-blocking = Bloquante
question-asked = Sans réponse
question-answered = Répondue
question-settled = Réglée
question-replies = { $count ->
    [0] aucune réponse
    [one] { $count } message
   *[other] { $count } messages
 }
question-seen = Valeur au moment de la question :
question-see = Voir le chiffre
question-thread = Échange
question-reply = Votre message
question-reply-hint = Il part avec le prochain envoi.
question-send = Envoyer
question-settle = Régler la question
question-quote = Citer cet échange dans la synthèse
question-quote-hint = Ne compte que si vous réglez la question.
question-is-quoted = La synthèse cite cet échange.
question-here = Questions :
reception-title = Réception
reception-lede = Ce que chaque cercle et chaque commune a transmis, et à quelle date.
reception-closed = cercles ont clos leur trimestre
reception-caption = Fiches et clôtures reçues
reception-place = Cercle
reception-units = Communes
reception-promptness = Promptitude
reception-completeness = Complétude
reception-forms = { $done } fiches à temps sur { $all }
reception-cells = { $done } cases remplies sur { $all }
reception-due = À clore le { $day }
reception-received = Reçu
reception-received-late = { $days ->
    [one] Reçu avec { $days } jour de retard
   *[other] Reçu avec { $days } jours de retard
 }
reception-awaited = { $days ->
    [0] Attendu aujourd’hui
    [one] Attendu demain
   *[other] Attendu dans { $days } jours
 }
reception-late = { $days ->
    [one] En retard d’un jour
   *[other] En retard de { $days } jours
 }
reception-alerts = { $count ->
    [one] { $count } alerte
   *[other] { $count } alertes
 }, { $open } sans réponse
reception-finding = { $late ->
    [0] Aucun cercle n’est en retard.
    [one] Un cercle est en retard.
   *[other] { $late } cercles sont en retard.
 }
reception-no-alerts = Les alertes se lisent dans la réception de chaque région.
reception-how = Promptitude : fiches des communes déposées dans le délai. Complétude : cases obligatoires remplies. Ce sont les indicateurs I182 et I183.
letter-title = Lettre de rappel
letter-open = Lettre de rappel
letter-place-day = { $place }, le { $day }
letter-to-whom = À l’attention de la personne chargée du suivi
letter-source = État de la réception le { $day }.
letter-subject = Objet : fiches de suivi du { $quarter }
letter-greeting = Madame, Monsieur,
letter-late = { $days ->
    [one] Vos fiches étaient attendues le { $day }. Elles ont un jour de retard.
   *[other] Vos fiches étaient attendues le { $day }. Elles ont { $days } jours de retard.
 }
letter-due = Vos fiches sont attendues le { $day }.
letter-missing = { $count ->
    [one] Il manque la fiche de :
   *[other] Il manque les fiches de :
 }
letter-ask = Merci de les transmettre sans attendre, ou de dire ce qui vous en empêche.
letter-close = Veuillez agréer nos salutations distinguées.

## Unusual values
unusual-title = Valeurs inhabituelles
unusual-lede = Pour information. Elles n’empêchent rien et ne classent personne ; vous pouvez les commenter.
unusual-tag = Valeur inhabituelle
unusual-past = { $value } ce trimestre. Médiane des { $count } trimestres d’avant : { $median } ; écart absolu médian : { $deviation }. Signalé au-delà de { $factor } fois cet écart, ramené à un écart type.
unusual-sisters = { $value } pour 1 000 habitants. Médiane de { $count } communes du cercle : { $median } ; écart absolu médian : { $deviation }. Signalé au-delà de { $factor } fois cet écart, ramené à un écart type.
