# Les mots de la saisie, des alertes et du circuit.

## The board
board-title = Suivi,
board-quarters = Trimestres
board-caption = Où en est chacun
board-unit = Unité
board-cells = Cases obligatoires
board-units = Unités
board-cercles = Cercles
board-alerts = Alertes sans réponse
board-day = Reçu le
board-late = En retard
board-blocking = { $count ->
    [one] { $count } bloquante
   *[other] { $count } bloquantes
 }
board-warning = { $count ->
    [one] { $count } avertissement
   *[other] { $count } avertissements
 }
board-information = { $count ->
    [one] { $count } information
   *[other] { $count } informations
 }
board-in-cercle = unités ont des valeurs pour { $quarter }
board-in-region = cercles ont clos { $quarter }
board-in-nation = régions ont validé { $quarter }
board-missing = Il manque :
board-in-time = Fiches reçues dans le délai : { $share }.
board-under = { $count ->
    [one] { $count } unité
   *[other] { $count } unités
 }
board-stage-closed = Clos le { $day }
board-stage-validated = Validé le { $day }
board-stage-published = Publié le { $day }
progress-todo = À saisir
progress-draft = En saisie
progress-filed = Déposée
progress-closed = Close
progress-validated = Validée
progress-published = Publiée

## For everybody
public-title = Suivi des collectivités
public-lede = Les résultats publiés par la cellule nationale, trimestre par trimestre.
public-quarters = Trimestres publiés :
public-indicators = Voir les indicateurs
public-none-title = Rien n’est encore publié
public-none-text = Les chiffres paraissent ici quand la cellule nationale publie un trimestre. En attendant, consultez le registre.

## The forms of a unit
forms-title = Fiches,
forms-due = À déposer au plus tard le { $day }.
forms-due-cells = cases obligatoires du trimestre
forms-empty = Vide
forms-begun = Commencée
forms-whole = Complète
forms-doubted = Avertissement
forms-blocked = Bloquée
forms-file = Soumettre les fiches
forms-file-hint = Vous pourrez encore corriger et soumettre de nouveau, jusqu’à la clôture par le cercle.
forms-receipt = Fiches déposées le { $when }. Code du reçu : { $code }

## The grid
entry-tier = Étendue de la fiche
entry-core = Noyau
entry-complete = Complet
entry-cells-answered = cases répondues
entry-from-registry = D’après le registre des plans : { $value }.
entry-from-registry-see = Voir le programme de l’année
entry-keys = Entrée : case suivante. Maj+Entrée : case précédente. Tapez NSP si personne ne sait ; zéro se tape.
entry-note = Note, source
entry-comment = Note
entry-source = Source (registre, date)
entry-history = Histoire de la case
entry-theirs = Cette case est en cours de saisie par une autre personne ({ $who }). Reprenez son brouillon pour la changer.
entry-theirs-head = Cette fiche est le brouillon d’une autre personne
entry-theirs-title = { $count ->
    [one] { $who } y a saisi { $count } case, la dernière fois le { $instant }.
   *[other] { $who } y a saisi { $count } cases, la dernière fois le { $instant }.
 }
entry-take-over = Reprendre ce brouillon
entry-somebody = Une autre personne
history-lede = Toutes les valeurs de la case, la dernière d’abord, telles que le journal les garde.
history-none = Cette case n’a jamais eu de valeur
history-empty = Vide
history-typed = Saisie, brouillon
history-imported = Importée d’un fichier, brouillon
history-taken-over = Brouillon repris par une autre personne
history-filed = Déposée avec la fiche
history-corrected = Corrigée par un fichier
history-source = Source :
history-reason = Motif :
entry-total = Total
entry-total-so-far = Total provisoire
entry-form-saved = { $count ->
    [0] Rien n’a changé.
    [one] { $count } case enregistrée.
   *[other] { $count } cases enregistrées.
 }
entry-saved-at = Enregistré à { $time }
entry-unsaved = Non enregistré. Votre texte reste ici ; le programme essaie de nouveau.
entry-session = Non enregistré : la séance est fermée. Rouvrez-la dans un autre onglet ; votre texte reste ici.
entry-waiting = Cases non enregistrées :
entry-all-forms = Toutes les fiches
entry-other-forms = Autres fiches
entry-locked-title = Ces valeurs sont verrouillées
entry-changed = { $who } vient de saisir { $theirs } dans cette case. Pour garder votre valeur, validez-la de nouveau.
entry-changed-unknown = Cette case vient de changer : elle contient { $theirs }. Pour garder votre valeur, validez-la de nouveau.
entry-changed-empty = Cette case vient d’être vidée par une autre personne. Pour garder votre valeur, validez-la de nouveau.
entry-no-cell = Cette case n’est pas sur les fiches de cette unité. Revenez à la liste des fiches.
entry-long-comment = La note dépasse { $longest } caractères. Raccourcissez-la.

## A file of values
import-title = Importer un fichier de valeurs
import-lede = Le fichier est d’abord montré. Rien n’est écrit avant votre accord.
import-file = Fichier CSV, XLSX ou ODS
import-file-hint = Colonnes : element, unite_org, periode, options, valeur. Période : 2024T4 ou 2024. Les nombres écrits « 1 234,5 » sont lus.
import-look = Regarder le fichier
import-preview = Ce que changerait { $file }
import-new = Nouvelles valeurs
import-changed = Valeurs changées
import-same = Valeurs identiques
import-units = Unités du fichier
import-periods = Périodes du fichier
import-unit = Unité
import-period = Période
import-values = Valeurs
import-changes = Valeurs qui seraient remplacées
import-held = Ici
import-in-file = Dans le fichier
import-more-changes = { $count ->
    [one] Et { $count } autre.
   *[other] Et { $count } autres.
 }
import-accept = Accepter
import-taken = Fichier importé : { $new } valeurs nouvelles, { $changed } changées.
import-taken-same = { $same } valeurs étaient déjà là.
import-go-on = Revenir au tableau de suivi
import-nothing-written = Rien n’a été enregistré. Corrigez le fichier, puis choisissez-le de nouveau.
import-no-file = Aucun fichier n’a été choisi. Choisissez un fichier CSV, XLSX ou ODS.
import-too-large = Le fichier dépasse { $size } ko. Partagez-le en plusieurs fichiers.
import-no-unit = { $file }, ligne { $line } : « { $unit } » ne saisit pas cette donnée. Vérifiez le code de l’unité.
import-other-place = { $file }, ligne { $line } : « { $unit } » est hors de votre territoire. Retirez ses lignes, ou confiez le fichier à son cercle.
import-not-asked = { $file }, ligne { $line }, colonne { $heading } : le questionnaire ne demande pas « { $cell } » pour { $period } (édition { $edition }). Retirez cette ligne ou corrigez sa période.
import-not-begun = { $file }, ligne { $line } : la période { $period } n’a pas commencé. Corrigez la période.
import-yearly-correction = { $file }, ligne { $line } : un fichier de corrections ne corrige que des trimestres. Importez les valeurs annuelles sans l’option --corrections.
import-locked = { $file }, ligne { $line } : la valeur changerait une case verrouillée.
import-empty = { $file } ne contient aucune valeur. Vérifiez que c’est le bon fichier.
import-stale = Des valeurs ont changé depuis que vous avez regardé { $file }. Choisissez-le de nouveau.

## Alerts
alerts-title = Alertes
alerts-lede = Ce que les règles de contrôle trouvent douteux. Corrigez la case, ou dites pourquoi le chiffre est juste.
alerts-see = Voir les alertes
alerts-count = { $count ->
    [one] { $count } alerte
   *[other] { $count } alertes
 }, dont { $open } sans réponse.
alerts-open-count = { $count ->
    [one] { $count } alerte sans réponse
   *[other] { $count } alertes sans réponse
 }
alerts-none-title = Aucune alerte
alerts-none-text = Les règles de contrôle ne trouvent rien à redire aux valeurs saisies.
alert-open = Commenter
alert-go = Aller à la case
alert-sides = Valeurs comparées : { $left } et { $right }.
alert-maintained = Chiffre maintenu :
alert-answered = { $office }, le { $day }
alert-reason = Pourquoi ce chiffre est juste
alert-reason-hint = Ce motif part avec la fiche et se lit à côté du chiffre.
alert-maintain = Maintenir le chiffre
alert-send-back = Renvoyer à la commune
alert-send-back-reason = Ce que la commune doit revoir
alert-send-back-hint = La commune lit ce motif avec ses fiches. Le trimestre ne peut pas être clos avant sa réponse.
alert-send-back-withdraw = Retirer la demande
alert-sent-back = Renvoyé à la commune :
forms-sent-back = Le cercle vous demande de revoir ces chiffres :
board-sent-back = { $count } à revoir
alert-for-adviser = Corrigez la case. Seul le conseiller du cercle peut maintenir ce chiffre, avec un motif écrit.

## The circuit
circuit-steps = Étapes du trimestre
circuit-step-entry = Saisie
circuit-step-alerts = Alertes
circuit-step-send = Envoi
circuit-by = Par
circuit-without = Sans
circuit-passed-without = Fait sans :
circuit-send-now = Préparer l’envoi
circuit-report = Rapport du trimestre
circuit-answered = { $count ->
    [one] { $count } chiffre maintenu avec un motif
   *[other] { $count } chiffres maintenus avec un motif
 }
circuit-without-tick = Continuer sans ceux qui manquent
circuit-without-reason = Motif
circuit-without-hint = À remplir si vous continuez sans eux. Le motif reste avec le trimestre.
circuit-close = Clore le trimestre
circuit-close-lede = La clôture dépose les fiches des communes et du cercle, puis verrouille leurs valeurs.
circuit-close-received = unités ont des valeurs
circuit-close-hint = Après la clôture, une correction demande la réouverture du trimestre.
circuit-close-other = Seul le conseiller du cercle clôt le trimestre.
circuit-close-done = Trimestre clos le { $day }. Code : { $code }
circuit-validate = Valider la région
circuit-validate-lede = La validation transmet à la nation ce que les cercles ont clos.
circuit-validate-received = cercles reçus
circuit-validate-caption = Cercles reçus
circuit-validate-hint = Un cercle qui arrive plus tard demande une nouvelle validation.
circuit-validate-other = Seul le chargé de suivi de la région valide le trimestre.
circuit-validate-done = Région validée le { $day }. Code : { $code }
circuit-publish = Publier le trimestre
circuit-publish-lede = La publication consolide les régions et rend leurs chiffres publics.
circuit-publish-received = régions reçues
circuit-publish-caption = Régions reçues
circuit-publish-hint = Une région qui arrive plus tard demande une nouvelle publication.
circuit-publish-other = Seule la cellule nationale publie le trimestre.
circuit-publish-done = Trimestre publié le { $day }. Code : { $code }
circuit-not-begun = Le trimestre { $quarter } n’a pas commencé. Choisissez un trimestre en cours ou passé.
circuit-not-over = Le trimestre { $quarter } dure jusqu’au { $day }. Revenez après cette date pour le clore.
circuit-locked = Le trimestre { $quarter } a été transmis par { $place } le { $day } : ses valeurs sont verrouillées. Pour corriger, demandez sa réouverture à l’échelon supérieur.
circuit-empty = Rien n’est saisi pour { $quarter }. Saisissez ou importez des valeurs, puis recommencez.
circuit-unanswered = { $count ->
    [one] { $count } alerte de { $quarter } attend
   *[other] { $count } alertes de { $quarter } attendent
 } une réponse. Corrigez la case, ou dites pourquoi le chiffre est juste.
circuit-missing = Il manque { $count } fiche(s) ou envoi(s) pour { $quarter }. Attendez-les, ou cochez la case et écrivez le motif.
circuit-nothing-received = Rien n’est reçu pour { $quarter }. Importez d’abord les envois des postes.
circuit-already = C’est déjà fait le { $day } pour { $quarter }, et rien n’a changé depuis. Il n’y a rien à refaire.
circuit-not-here = { $place } ne fait pas cette étape. Choisissez un cercle, une région ou le pays.
circuit-no-alert = L’alerte { $rule } n’est plus là : le chiffre a changé. Rechargez la page des alertes.
circuit-no-reason = Il manque le motif. Écrivez en quelques mots pourquoi.
circuit-long-reason = Le motif dépasse { $longest } caractères. Raccourcissez-le.

# Sur la page d’un lieu.
monitoring-panel-title = Suivi trimestriel (OISE)
monitoring-panel-last = Dernier trimestre publié : { $quarter }.
monitoring-panel-none = Aucun trimestre n’est encore publié.
monitoring-panel-sheet = La fiche de la commune
monitoring-panel-report = Le rapport du trimestre
monitoring-panel-figures = Tous ses indicateurs
monitoring-panel-explore = Explorer ses chiffres
