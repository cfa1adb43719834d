# Les mots de la fiche papier et de sa ressaisie.

room-paper = Papier

## To print
paper-title = Préparer la tournée
paper-lede = Imprimez les fiches avec les dernières valeurs en gris. Chaque page porte un code qui l’ouvre ici.
paper-units = Communes et cercle
paper-core-hint = Neuf pages au plus par commune
paper-file = Fichier
paper-file-zip = Une fiche PDF par commune, dans un ZIP
paper-file-pdf = Un seul PDF, à imprimer d’un coup
paper-print = Imprimer les fiches
paper-none = Aucune commune n’est choisie. Cochez-en au moins une.
paper-many = Un fichier porte au plus { $most } communes. Décochez-en et imprimez en plusieurs fois.
paper-file-title = Fiches du { $quarter }

## On paper
paper-page = Page
paper-of = sur
paper-code = Code de la page
paper-version = { $tier }, questionnaire { $mark }
paper-help = Un chiffre par boîte, calé à droite. Zéro s’écrit 0 ; une case vide veut dire « pas de réponse ». Cochez NSP si personne ne sait. En gris : la dernière valeur.
paper-help-more = Pour corriger, barrez la ligne et écrivez la valeur juste au-dessus. À la ressaisie, tapez le code de la page sur l’écran « Ressaisir une fiche ».
paper-source = Source (registre, date) et remarques
paper-day = Le
paper-signature = Nom et signature
paper-filled = Rempli par
paper-secretary = Vu, le secrétaire général
paper-adviser = Vu, le conseiller
paper-typed = Ressaisi par

## Back from paper
rekey-title = Ressaisir une fiche
rekey-lede = Tapez le code imprimé en haut de la page. La bonne fiche s’ouvre, dans l’ordre du papier.
rekey-code = Code de la page
rekey-code-hint = Huit lettres ou chiffres, comme K7QF-2MNA. Il n’y a ni O, ni 0, ni I, ni 1.
rekey-open = Ouvrir la fiche
rekey-scan = Lire avec la caméra
rekey-scan-none = La caméra ne répond pas. Tapez le code.
rekey-scan-looking = Présentez le carré noir et blanc devant la caméra.
rekey-wrong = Le code « { $code } » ne peut pas être juste : une lettre est fausse, ou deux sont inversées. Relisez-le sur la page.
rekey-length = Le code a huit lettres ou chiffres ; « { $code } » en a { $count }. Relisez-le sur la page.
rekey-letter = Le code n’a jamais la lettre ou le chiffre « { $letter } ». Relisez « { $code } » sur la page.
rekey-long = Ce texte est trop long pour un code. Tapez les huit lettres du haut de la page.
rekey-nothing = Le code { $code } n’ouvre aucune fiche de votre territoire. Vérifiez que la page est d’une de vos communes.
rekey-places = Ce code peut être celui de deux lieux. Choisissez celui qui est écrit sur la page :
rekey-here = Fiche papier { $code } : recopiez-la de haut en bas.
rekey-elsewhere = Le code { $code } n’est pas celui de cette fiche. Tapez-le de nouveau.
rekey-edition = Cette page vient d’un autre questionnaire que celui d’ici. Comparez chaque libellé avant de recopier.

## Typed twice
double-title = Double saisie
double-lede = Une partie des fiches, tirée au sort, est saisie une seconde fois. L’écart entre les deux mesure la qualité de la saisie.
double-overall = Taux d’erreur : { $rate } ({ $errors ->
    [one] { $errors } écart
   *[other] { $errors } écarts
 } sur { $cells } cases)
double-overall-hint = Ce taux part avec les fiches. Il juge une façon de saisir, jamais une commune.
double-draw = Tirage du { $day }
double-draw-of = { $count } fiches tirées sur { $of }.
double-draw-seed = Graine « { $seed } » : la même graine retrouve le même tirage.
double-todo = À saisir
double-begun = Commencée
double-same = Sans écart
double-differs = Écarts
double-rates = Taux d’erreur par fiche et par paire de personnes
double-form = Fiche
double-first = Première saisie
double-second = Seconde saisie
double-gaps = Écarts
double-rate = Taux d’erreur
double-rate-note = { $errors ->
    [one] { $errors } écart
   *[other] { $errors } écarts
 } sur { $cells } cases
double-new = Tirer des fiches
double-seed = Graine du tirage
double-seed-hint = Un texte au choix, noté avec le tirage pour que chacun puisse le refaire.
double-share = Part des fiches
double-draw-now = Tirer au sort
double-second-typing = Seconde saisie
double-second-lede = Saisissez la fiche d’après le papier. La première saisie reste cachée jusqu’à la comparaison.
double-finish = Terminer et comparer
double-finish-hint = Après la comparaison, cette saisie ne change plus.
double-gaps-title = Les deux saisies côte à côte
double-persons = Première saisie : { $first }. Seconde saisie : { $second }.
double-no-gap = Les deux saisies disent la même chose partout.
double-which = Quelle valeur est juste ?
double-other = Une autre valeur
double-other-value = L’autre valeur
double-why = Motif
double-decide = Décider
double-no-choice = Aucune valeur n’est choisie. Choisissez la première, la seconde, ou une autre.
double-choice-first = Première retenue
double-choice-second = Seconde retenue
double-choice-other = Autre valeur retenue
double-open-form = Ouvrir la fiche

## Pieces of a form
pieces-title = Pièces jointes
pieces-lede = Une photo ou un scan montre d’où vient le chiffre.
pieces-none = Aucune pièce n’est jointe à cette fiche.
pieces-file = Pièce
pieces-cell = Case
pieces-whole = Toute la fiche
pieces-size = Taille
pieces-kilobytes = { $size } ko
pieces-by = Jointe par
pieces-withdraw = Retirer
pieces-choose = Fichier à joindre
pieces-choose-hint = Image JPEG, PNG ou WebP, ou PDF, de { $most } ko au plus.
pieces-add = Joindre la pièce
pieces-back = Revenir à la fiche
pieces-local = Les pièces restent sur ce poste et dans ses copies. Les envois ne les emportent pas encore : apportez-les à part si on vous les demande.
pieces-nothing = Aucun fichier n’est choisi. Choisissez une image ou un PDF.
pieces-too-large = La pièce fait plus de { $most } ko. Reprenez la photo en plus petit, ou découpez le document.
pieces-kind = Ce fichier n’est ni une image JPEG, PNG ou WebP, ni un PDF. Convertissez-le, puis recommencez.
pieces-twice = Cette pièce est déjà jointe à cette case. Il n’y a rien à refaire.
pieces-many = Une fiche porte au plus { $most } pièces. Retirez-en une, ou réunissez-les dans un PDF.
