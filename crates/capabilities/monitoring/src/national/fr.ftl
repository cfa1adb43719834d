## Packs of national data, to be read
pack-title = Données nationales
pack-lede = Ce que la nation a publié, avec sa date, à lire même sans échange.
pack-read-only = Ce paquet se lit seulement : il ne change rien sur ce poste.
pack-invented = données d’exemple
pack-maker-known = Ce poste connaît déjà l’auteur du paquet.
pack-maker-unknown = Ce poste ne connaît pas encore l’auteur. Faites confirmer ce code par la cellule nationale : { $code }
pack-level-commune = commune
pack-level-cercle = cercle
pack-level-region = région
pack-level-national = pays
pack-indicator = Indicateur
pack-answered = Répondants
pack-received = Reçues par échange
pack-received-see = Voir les indicateurs
pack-open = Ouvrir un paquet
pack-file = Fichier
pack-file-hint = Un fichier « .bkp » remis par la cellule nationale, même ancien.
pack-read = Lire le paquet
pack-hand-out = Paquets à remettre
pack-hand-out-text = Pour un poste qui n’échange pas encore. Chaque paquet porte le pays, les régions, les cercles, et les communes du lieu.
pack-quarter = { $quarter }, publié le { $day }
pack-cercles = { $count ->
    [one] { $count } cercle
   *[other] { $count } cercles
 }
pack-see = Paquets à remettre aux postes sans échange
pack-not-a-pack = Ce fichier n’est pas un paquet de données nationales. Choisissez un fichier « .bkp ».
pack-newer = Un programme plus récent a fait ce paquet ({ $format }). Mettez ce poste à jour, puis rouvrez-le.
pack-damaged = Ce paquet est abîmé ou incomplet. Demandez-le de nouveau à la cellule nationale.
pack-forged = La signature de ce paquet ne convient pas : son contenu a changé. Demandez-le de nouveau à la cellule nationale.
pack-too-large = Ce fichier dépasse { $most } Mo. Un paquet est plus petit : vérifiez le fichier.
pack-no-file = Aucun fichier n’est choisi. Choisissez le fichier, puis recommencez.
