# Ce que dit la lecture d’un fichier de tableau.

tables-too-large = Le fichier pèse { $size } Mo, et { $most } Mo sont lus au plus. Retirez les feuilles inutiles, ou partagez-le.
tables-empty = Le fichier ne contient rien. Vérifiez que c’est le bon fichier.
tables-not-a-table = Ce fichier n’est pas un tableau. Choisissez un fichier CSV, XLSX ou ODS.
tables-old = C’est un ancien fichier Excel (.xls) ou un fichier protégé par un mot de passe. Ouvrez-le, retirez le mot de passe, puis enregistrez-le au format .xlsx.
tables-macros = Ce classeur contient des macros, c’est-à-dire un programme. Enregistrez-le au format .xlsx, sans macros, puis choisissez-le de nouveau.
tables-damaged = Le fichier est abîmé à cet endroit : { $part }. Ouvrez-le dans un tableur et enregistrez-le de nouveau.
tables-bomb = Le fichier, une fois décompressé, serait démesuré. Il n’a pas été ouvert. Demandez-en un autre à son auteur.
tables-too-many-sheets = Le classeur a plus de { $most } feuilles. Gardez celles qui servent.
tables-too-many-rows = Le fichier a plus de { $most } lignes. Partagez-le en plusieurs fichiers.
tables-too-many-columns = Une feuille a plus de { $most } colonnes. Gardez celles qui servent.
tables-too-many-cells = Le fichier a plus de { $most } cases. Partagez-le en plusieurs fichiers.
tables-too-many-texts = Le fichier a plus de { $most } textes différents. Partagez-le en plusieurs fichiers.
tables-too-many-parts = Le fichier compressé a plus de { $most } morceaux. Enregistrez-le de nouveau dans un tableur.
tables-endless = Ligne { $line } : une case n’a pas de fin. Cherchez-y un guillemet ouvert et jamais fermé.
tables-notes = Remarques sur le fichier
tables-note-where = { $count ->
    [one] à { $at }
   *[other] { $count } fois : { $at }
}
tables-note-formula = Des cases sont calculées. La valeur enregistrée dans le fichier a été prise.
tables-note-formula-empty = Des formules n’ont pas de valeur enregistrée. Ces cases sont lues comme vides.
tables-note-fault = Des cases portent une erreur du tableur, comme #N/A.
tables-note-merged = Des cases sont fusionnées. Seule la première porte la valeur.
tables-note-hidden-row = Des lignes sont masquées. Elles sont lues aussi.
tables-note-hidden-column = Des colonnes sont masquées. Elles sont lues aussi.
tables-note-hidden-sheet = Une feuille est masquée. Elle est lue aussi.
tables-note-encoding = Le texte n’est pas en UTF-8 : il a été lu en Windows-1252. Vérifiez les accents.
tables-note-mojibake = Des accents étaient abîmés (« Ã© » pour « é »). Ils ont été rétablis.
tables-note-lost = Des lettres sont perdues (�). Demandez le fichier d’origine.
tables-note-number-as-text = Des nombres sont écrits avec des espaces ou des virgules. Ils ont été lus.
tables-note-date-as-text = Des dates sont écrites comme du texte. Elles ont été lues, le jour d’abord.
tables-note-percent = Des cases sont des pourcentages.
tables-note-long-line = Des lignes ont plus de cases que de titres. Une virgule sépare peut-être un nombre en deux.
tables-note-duplicate = Des colonnes portent le même titre. Un numéro les distingue.
tables-note-totals = Des lignes de total sont laissées de côté.
