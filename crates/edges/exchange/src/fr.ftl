# Les mots des échanges entre postes : cartes, envois, réceptions, refus. Le français est la source.

## Les échanges
exchange-title = Échanges
exchange-lede = Ce qui part vers les autres postes et ce qui en arrive, par clé USB, par courriel ou par le réseau.
exchange-to-posts = Les postes et leurs cartes
exchange-waiting = À envoyer
exchange-no-peer = Vous n’échangez encore avec aucun poste
exchange-no-peer-text = Enregistrez d’abord la carte du poste au-dessus, ou celles des postes en dessous.
exchange-post = Poste
exchange-state = État
exchange-act = Envoi
exchange-unsent = { $count ->
    [0] Rien en attente d’envoi
    [one] { $count } fiche non envoyée
   *[other] { $count } fiches non envoyées
}
exchange-unreceipted = { $count ->
    [one] { $count } écriture envoyée, sans accusé de réception
   *[other] { $count } écritures envoyées, sans accusé de réception
}
exchange-make = Créer l’envoi
exchange-make-for = Créer l’envoi pour { $post }
exchange-whole = Tout envoyer de nouveau, même ce qui est déjà reçu
exchange-whole-hint = Seulement si l’autre poste a perdu ses données.
exchange-made = Envois créés
exchange-none-made = Aucun envoi pour le moment.
exchange-number = Numéro
exchange-made-on = Créé le
exchange-entries = Écritures
exchange-size = Taille
exchange-receipt = Accusé de réception
exchange-received-by = Reçu par { $post } le { $day }
exchange-not-received = Pas encore d’accusé de réception
exchange-bytes = { $count } octets
exchange-kilobytes = { $count } ko
exchange-taken = Envois reçus
exchange-none-taken = Aucune réception pour le moment.
exchange-from = De
exchange-accepted-on = Accepté le
exchange-new-entries = Écritures nouvelles
exchange-import = Importer un envoi
exchange-import-lede = Choisissez le fichier reçu. Vous verrez ce qu’il contient avant de l’accepter.
exchange-file = Fichier d’envoi
exchange-file-hint = Son nom finit par .bkd.
exchange-import-button = Lire le fichier
exchange-no-file = Aucun fichier n’est choisi. Choisissez le fichier reçu, puis recommencez.
exchange-done = { $count ->
    [0] Cet envoi était déjà connu : rien n’a changé.
    [one] L’envoi est accepté : { $count } écriture nouvelle.
   *[other] L’envoi est accepté : { $count } écritures nouvelles.
}
exchange-dropped = L’envoi n’est pas accepté. Rien n’a changé.

## La prévisualisation
exchange-preview-title = Contenu de l’envoi
exchange-preview-lede = Rien n’est encore enregistré. Vérifiez, puis acceptez.
exchange-preview-from = Envoyé par
exchange-preview-place = Lieu
exchange-preview-number = Numéro de l’envoi
exchange-preview-made = Créé le
exchange-preview-new = Écritures nouvelles
exchange-preview-known = Écritures déjà connues
exchange-preview-nothing = Vous avez déjà tout le contenu de cet envoi
exchange-preview-nothing-text = L’accepter ne change rien.
exchange-preview-left = { $count ->
    [one] { $count } écriture n’a pas trouvé place
   *[other] { $count } écritures n’ont pas trouvé place
}
exchange-preview-left-text = Elles viendront avec l’envoi suivant. Renvoyez d’abord l’accusé de réception.
exchange-preview-kinds = Ce qu’il apporte de nouveau
exchange-preview-kind = Nature
exchange-preview-count = Nombre
exchange-preview-chains = D’où viennent les écritures
exchange-preview-writer = Écrites par
exchange-preview-about = Pour
exchange-preview-range = Numéros
exchange-everywhere = Tous les lieux
exchange-accept = Accepter l’envoi
exchange-drop = Ne pas accepter
exchange-gone = Ce fichier n’est plus en attente. Importez-le de nouveau.
exchange-kind-other = Autres écritures
kind-exchange-post-opened = Carte d’un poste
kind-exchange-post-enrolled = Poste enregistré par un autre
kind-exchange-package-accepted = Accusé de réception

## Les postes
posts-title = Postes
posts-lede = Un poste n’accepte que les envois des postes qu’il connaît. Il les connaît par leur carte.
posts-own = Ce poste
posts-open = Ouvrir ce poste aux échanges
posts-open-lede = Donnez à ce poste le nom et le lieu que les autres verront.
posts-open-button = Créer la carte
posts-name = Nom du poste
posts-name-hint = Par exemple : « CCC de Kati ».
posts-level = Niveau
posts-place = Lieu
posts-place-hint = Le code du lieu. Exemple : ML0205.
posts-choose = Choisir
posts-words = Les huit mots de contrôle
posts-words-hint = Lisez-les à l’autre poste, par téléphone ou de vive voix. Ils changent si la carte est falsifiée.
posts-fingerprint = Empreinte
posts-card = Carte
posts-card-hint = Remettez ce texte ou ce fichier à l’autre poste, sur clé USB ou par courriel. Il ne contient aucun secret.
posts-download = Télécharger la carte
posts-known = Postes connus
posts-none-known = Aucun autre poste n’est connu.
posts-relation = Lien
posts-by = Connu par
posts-since = Depuis le
posts-add = Enregistrer la carte d’un poste
posts-add-lede = Collez la carte reçue, ou choisissez son fichier.
posts-paste = Texte de la carte
posts-file = Ou fichier de la carte
posts-read = Lire la carte
posts-check-title = Vérifier la carte
posts-check-lede = Demandez à l’autre poste de lire ses huit mots. S’ils diffèrent, n’enregistrez pas cette carte.
posts-check-child = Ce poste est en dessous du vôtre. Vous accepterez ses envois, et les postes au-dessus de vous aussi.
posts-check-parent = Ce poste est au-dessus du vôtre. Vous lui enverrez vos données.
posts-check-button = Les huit mots sont les mêmes : enregistrer
posts-check-cancel = Ne pas enregistrer
posts-done = Le poste est enregistré.
posts-opened = La carte de ce poste est prête.
post-level-commune = Commune
post-level-cercle = Cercle
post-level-region = Région
post-level-nation = Nation
post-relation-own = Ce poste
post-relation-parent = Au-dessus, enregistré ici
post-relation-child = En dessous, enregistré ici
post-relation-above = Au-dessus, présenté par un autre
post-relation-below = En dessous, présenté par un autre

## Les refus
exchange-not-a-package = Ce fichier n’est pas un envoi Benkadi. Choisissez un fichier dont le nom finit par .bkd.
exchange-newer = Cet envoi vient d’une version plus récente du programme (format { $version }). Mettez ce poste à jour, puis importez-le de nouveau.
exchange-cut-off = { $part ->
    [start] Le fichier est coupé à l’octet { $at } sur { $whole }, dès son début. Copiez-le de nouveau depuis le poste d’origine.
   *[other] Le fichier est coupé à l’octet { $at } sur { $whole }, dans le bloc { $part }. Copiez-le de nouveau depuis le poste d’origine.
}
exchange-damaged = { $part ->
    [start] Le début du fichier est abîmé. Copiez-le de nouveau, de préférence sur une autre clé.
    [end] La fin du fichier est abîmée. Copiez-le de nouveau, de préférence sur une autre clé.
   *[other] Le bloc { $part } du fichier est abîmé. Copiez-le de nouveau, de préférence sur une autre clé.
}
exchange-too-large = { $what ->
    [file] Le fichier est trop gros pour un envoi. La limite est de { $limit } octets. Demandez un envoi plus petit.
    [entry] Une écriture de l’envoi est trop grosse. La limite est de { $limit } octets. Signalez-le au poste qui l’envoie.
   *[other] L’envoi contient plus que le format ne permet (limite : { $limit }). Demandez au poste d’origine un envoi plus petit.
}
exchange-for-another = Cet envoi est destiné à un autre poste : { $to }. Remettez-lui le fichier.
exchange-unknown-post = Ce poste n’est pas connu ici : { $name } ({ $id }). Enregistrez d’abord sa carte, ou importez un envoi du poste au-dessus.
exchange-forged = La signature n’est pas celle de « { $post } ». Le fichier est peut-être falsifié. Appelez ce poste avant toute autre chose.
exchange-changed = L’écriture { $seq } de « { $post } » a été modifiée après sa signature. Refusez ce fichier et appelez ce poste.
exchange-foreign-place = « { $post } » écrit pour un lieu qui n’est pas le sien : { $place }. Appelez ce poste pour qu’il corrige.
exchange-private = L’envoi contient des brouillons de « { $post } », qui ne doivent pas circuler. Appelez ce poste.
exchange-not-below = « { $post } » ne peut pas enregistrer « { $child } », qui n’est pas en dessous de lui. Vérifiez le niveau et le lieu des deux cartes.
exchange-not-above = « { $parent } » n’est pas au-dessus de « { $post } ». Vérifiez le niveau et le lieu des deux cartes.
exchange-gap = Il manque les écritures { $from } à { $to } de « { $post } » pour { $place }. Importez d’abord l’envoi précédent, ou demandez un envoi complet.
exchange-fork = Deux écritures différentes portent le numéro { $seq } chez « { $post } » pour { $place }. Sa base a sans doute été copiée ou remise. Appelez ce poste, puis faites-lui un envoi complet.
exchange-unreadable = L’écriture { $seq } de « { $post } » est illisible pour ce programme. Mettez ce poste à jour, puis recommencez.
exchange-not-opened = Ce poste n’a pas encore de carte. Créez-la à la page des postes.
exchange-field = { $field ->
    [nom] Le nom du poste manque ou dépasse 120 signes. Écrivez un nom court.
    [lieu] Le code du lieu manque ou n’existe pas. Cherchez-le dans les pages du territoire.
   *[other] Le niveau du poste manque. Choisissez-le dans la liste.
}
exchange-own-card = Cette carte est celle de ce poste. Demandez la carte de l’autre poste.
exchange-not-a-card = Ce texte n’est pas une carte de poste. Collez toute la carte, de la première à la dernière ligne.
exchange-card-line = La ligne « { $line } » de la carte manque ou est illisible. Copiez de nouveau toute la carte.
exchange-card-forged = Cette carte a été modifiée. Demandez-la de nouveau à l’autre poste.
exchange-nothing-to-send = « { $post } » a déjà tout reçu. Il n’y a rien à envoyer.
exchange-same-level = « { $post } » est au même niveau que ce poste. Les échanges passent par le poste au-dessus.
exchange-no-post-chosen = Aucun poste n’est choisi. Choisissez le poste à qui envoyer.
