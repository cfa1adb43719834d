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
