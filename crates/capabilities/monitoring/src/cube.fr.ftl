# Les chiffres tenus en mémoire et leur porte pour les programmes.

cube-refused-place = Paramètre « lieu » : « { $found } » n’existe pas à ces dates. Cherchez son code sur la page du territoire.
cube-refused-too-many = La demande compte plus de { $most } valeurs. Demandez moins de lieux, de périodes ou de mesures à la fois.
cube-refused-not-yours = Paramètre « lieu » : cette question ne se pose que pour un lieu dont vous avez la charge. Connectez-vous, ou choisissez un lieu de votre ressort : { $place } n’en est pas.
cube-refused-measure = « { $found } » ne convient pas à cette question. Prenez un code de la liste des données ou des indicateurs.

cube-parameter-missing = Paramètre « { $parameter } » : il manque à la demande. Ajoutez-le à l’adresse.
cube-parameter-mesure = Paramètre « mesure » : « { $found } » n’existe pas. Prenez un code de donnée ou d’indicateur, par exemple SAN_CONS, DEM_POP|SEXE=F ou I010.
cube-parameter-rapport = Paramètre « rapport » : « { $found } » ne se lit pas. Écrivez des données connues, par exemple SAN_CONS;SAN_ACC/DEM_POP.
cube-parameter-facteur = Paramètre « facteur » : « { $found } » n’est pas un nombre entier de 1 à 1 000 000. Écrivez par exemple 100.
cube-parameter-ventilation = Paramètre « ventilation » : « { $found } » ne ventile pas toutes les mesures demandées. Prenez une liste de ces données, par exemple SEXE, ou « cellules ».
cube-parameter-sous = Paramètre « sous » : « { $found } » n’est pas un niveau. Écrivez commune, cercle, region ou national.
cube-parameter-lieu = Paramètre « lieu » : « { $found } » n’existe pas à ces dates. Cherchez son code sur la page du territoire.
cube-parameter-periode = Paramètre « periode » : « { $found } » ne se lit pas. Écrivez 2024T4, 2024, 2023T1..2024T4 ou 2020..2024.
cube-parameter-carte = Paramètre « carte » : « { $found } » n’est pas une date. Écrivez-la comme 2023-03-13, ou « alors » pour la carte de chaque période.
cube-parameter-nombre = Paramètre « nombre » : « { $found } » n’est pas un nombre de 1 à 1 000. Corrigez-le.
cube-parameter-ordre = Paramètre « ordre » : « { $found } » n’est pas un ordre. Écrivez croissant ou decroissant.
cube-parameter-regle = Paramètre « regle » : « { $found } » ne se lit pas. Écrivez par exemple SAN_CONS>40*SAN_ACC, avec trois décimales au plus.
cube-parameter-par = Paramètre « par » : « { $found } » n’est pas un groupe. Écrivez milieu, region ou cercle.
cube-parameter-forme = Paramètre « forme » : « { $found } » n’est pas une forme. Écrivez lignes ou grille.
