# Les réformes du découpage et la liste officielle.

## Refus
reform-not-alive = « { $code } » n’existe pas le { $day }. Choisissez une autre date ou une autre collectivité.
reform-is-country = « { $code } » est le pays. Choisissez une collectivité sous lui.
reform-code-taken = Le code « { $code } » est déjà pris. Choisissez-en un autre.
reform-bad-code = « { $code } » n’est pas un code. Gardez 40 signes au plus : lettres sans accent, chiffres, tiret, point.
reform-bad-name = Écrivez un nom de 300 lettres au plus.
reform-bad-level = Choisissez région, district, cercle, département, ville ou commune.
reform-no-parent = « { $parent } » n’existe pas le { $day }. Choisissez une collectivité de cette date.
reform-not-above = « { $parent } » n’est pas d’un niveau au-dessus de « { $unit } ». Choisissez une collectivité plus large.
reform-circle = « { $unit } » se trouverait sous elle-même. Choisissez une collectivité qui ne dépend pas d’elle.
reform-orphans = Sous « { $unit } », des collectivités ne dépendraient plus de rien : { $codes } (en tout { $count }). Donnez-leur une place à cette date.
reform-not-under = « { $code } » ne dépend pas de « { $unit } » à cette date. Retirez-la.
reform-twice = « { $code } » est nommée deux fois. Gardez-la une seule fois.
reform-one-part = Une scission donne deux parties au moins. Ajoutez une partie.
reform-one-unit = Une fusion réunit deux collectivités au moins. Ajoutez-en une.
reform-other-level = « { $code } » n’est pas du même niveau que les autres. Retirez-la.
reform-some-shares = Des parts sont écrites et d’autres manquent. Écrivez-les toutes, ou aucune si elles ne sont pas connues.
reform-not-whole = Les parts ne font pas un tout. Corrigez-les : leur somme doit être exactement 1.
reform-bad-share = « { $text } » n’est pas une part. Écrivez 2/3, 40 % ou une population pour chaque partie.
reform-changes-later = « { $code } » change encore le { $day }. Choisissez une date plus tardive, ou annulez d’abord ce changement.
reform-nothing-changes = Rien ne changerait. Vérifiez la collectivité et la valeur.
reform-would-break = D’autres changements ne tiendraient plus : { $acts }. Annulez-les d’abord, ou vérifiez l’horloge de ce poste.
reform-no-text = Écrivez le titre de la loi ou du décret.
reform-too-long = Ce texte est trop long. Gardez { $limit } lettres au plus, sans retour à la ligne.
reform-bad-date = « { $value } » n’est pas une date. Écrivez l’année, le mois et le jour : 2026-01-01.
reform-no-reason = Écrivez pourquoi : les autres postes le liront.
reform-no-act = Ce changement n’existe pas, ou il est déjà annulé. Revenez à la liste des réformes.
reform-list-orphans = La liste laisse des collectivités sans rien au-dessus : { $codes } (en tout { $count }). Complétez la liste.
reform-set-aside = Ce changement ne tient plus.

## La liste officielle : refus
list-no-source = Écrivez qui publie cette liste et de quand elle date.
list-no-country = Écrivez le code du pays, par exemple ML.
list-empty = Le fichier ne contient aucune ligne. Choisissez un autre fichier.
list-no-column = Il manque la colonne « { $name } ». La première ligne doit porter code, nom, niveau et parent.
list-column-twice = La colonne « { $name } » vient deux fois. Gardez-en une.
list-faults = { $count ->
    [one] Une case est à corriger. Rien n’est écrit.
   *[other] { $count } cases sont à corriger. Rien n’est écrit.
}
list-many-faults = Plus de { $count } cases sont à corriger. Voici les premières. Rien n’est écrit.
list-gone = Cet aperçu n’est plus gardé. Choisissez de nouveau le fichier.
list-bad-code = « { $value } » n’est pas un code. Gardez 40 signes au plus : lettres sans accent, chiffres, tiret, point.
list-bad-name = Le nom manque, ou il dépasse 300 lettres.
list-bad-level = « { $value } » n’est pas un niveau. Écrivez pays, région, district, cercle, département, ville ou commune.
list-bad-day = « { $value } » n’est pas une date. Écrivez 2023-03-13 ou 13/03/2023.
list-ends-before = La fin « { $value } » vient avant le début. Corrigez l’une des deux dates.
list-no-parent = Seul le pays n’a rien au-dessus de lui, et il ne dépend de rien. Corrigez le parent de « { $value } ».
list-other-level = Cette collectivité a déjà un autre niveau. Donnez-lui un nouveau code, et l’ancien dans « anciens codes ».
list-foreign-code = Le code « { $code } » est celui d’une collectivité d’un autre pays. Choisissez-en un autre.
list-overlap = Deux lignes de « { $value } » se recouvrent dans le temps. Corrigez leurs dates.
list-unknown-parent = « { $value } » n’est ni dans la liste ni dans le territoire. Ajoutez sa ligne.
list-not-above = « { $value } » n’est pas d’un niveau au-dessus. Corrigez le parent ou le niveau.
list-orphan = « { $parent } » n’existe pas pendant tout le temps de « { $value } ». Corrigez les dates ou le parent.
list-former-without-day = « { $value } » est un ancien code : écrivez le premier jour de la nouvelle collectivité.
list-bad-former = « { $value } » n’est pas un ancien code. Écrivez un code, ou un code et sa part : ML010101:1/3.
list-unknown-former = « { $value } » n’existe pas la veille. Corrigez l’ancien code ou la date.
list-not-whole = Les parts de « { $value } » ne font pas un tout. Écrivez-les toutes, ou aucune.
