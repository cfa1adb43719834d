## Support that communes ask of the centre
room-support = Appuis
support-title = Demandes d’appui
support-lede = Ce que les communes demandent au centre, qui s’en charge, et ce qui a été fait.
support-none-title = Aucune demande
support-none-text = Notez ici la première demande d’une commune.
support-count = { $count ->
    [0] Aucune demande d’appui
    [one] { $count } demande d’appui
   *[other] { $count } demandes d’appui
 }{ $open ->
    [0] {"."}
   *[other] {", dont"} { $open } en cours.
 }
support-line = { $day }, { $area } : { $fate }.
support-see = Voir les demandes d’appui
support-log = Noter la demande
support-commune = Commune
support-domain = Domaine
support-text = Demande
support-text-hint = En une ou deux phrases. Pas de nom de personne.
support-asked-on = Reçue le
support-asked-on-hint = Jour, mois, année. Vide : aujourd’hui. Le trimestre de ce jour la compte.
support-one = Demande d’appui, { $place }
support-received = Reçue le { $day }.
support-became = Ce qu’elle est devenue
support-asked = Demande notée
support-assigned = Confiée
support-given = Appui réalisé
support-dropped = Restée sans appui
support-assign = Confier
support-kind = Sorte de prestataire
support-provider-centre = Le centre lui-même
support-provider-service = Service technique de l’État
support-provider-association = ONG ou association
support-provider-bureau = Bureau d’études ou entreprise
support-provider-collectivite = Autre collectivité
support-provider-partenaire = Partenaire extérieur
support-provider-autre = Autre
support-provider = Prestataire
support-provider-hint = Le nom du service, de l’association ou du bureau.
support-close = Clore la demande
support-report = Compte rendu
support-report-hint = Ce qui a été fait, avec quel résultat ; ou pourquoi rien ne sera fait.
support-closed-on = Terminé le
support-closed-on-hint = Jour, mois, année. Vide : aujourd’hui. Le trimestre de ce jour compte l’appui.
support-give = L’appui est réalisé
support-drop = Laisser sans appui
support-fate-waiting = À confier
support-fate-assigned = En cours
support-fate-done = Réalisé
support-fate-dropped = Sans appui
support-duty-assign = Confier une demande d’appui, { $place }
support-duty-close = Suivre une demande d’appui, { $place }
support-logged = Registre : { $count }
support-not-a-commune = { $place } n’est pas une commune. Choisissez la commune qui demande.
support-no-domain = Ce domaine n’est pas dans la liste. Choisissez-en un.
support-no-text = Il manque la demande. Écrivez-la en une phrase.
support-no-provider = Il manque le prestataire. Écrivez son nom, ou « le centre ».
support-no-report = Il manque le compte rendu. Écrivez ce qui a été fait, ou pourquoi rien ne sera fait.
support-long = Ce texte dépasse { $longest } caractères. Raccourcissez-le.
support-day = Cette date n’est pas un jour passé. Écrivez un jour jusqu’au { $today }.
support-before = L’appui ne peut finir avant la demande, reçue le { $asked }. Vérifiez la date.
support-closed = Cette demande est déjà close. Notez une nouvelle demande si la commune en fait une autre.
support-old = Cette date est trop ancienne. Écrivez un jour à partir du { $oldest }, et vérifiez l’année.
