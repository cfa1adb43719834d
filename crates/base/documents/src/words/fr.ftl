# Les mots que les documents portent d’eux-mêmes, hors du texte fourni par leur auteur.
document-page = Page
document-page-of = sur
document-code = Code
document-place = Lieu
document-period = Période
document-made-on = Établi le
document-table = Tableau
document-figure = Figure
document-empty-table = Aucune ligne à montrer.
document-figure-in-pdf = Le dessin se trouve dans la version PDF de ce document.
document-signature-date = Fait le
document-about = À propos
document-title = Titre
document-source = Source
