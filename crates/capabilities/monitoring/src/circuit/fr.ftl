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
