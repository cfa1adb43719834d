# The figures held in memory, and their door for programs.

cube-refused-place = Parameter “lieu”: “{ $found }” does not exist on these dates. Look for its code on the page of the territory.
cube-refused-too-many = The request asks for more than { $most } values. Ask for fewer places, periods or measures at once.
cube-refused-not-yours = Parameter “lieu”: this question is only for a place in your charge. Sign in, or choose a place of yours: { $place } is not one.
cube-refused-measure = “{ $found }” does not suit this question. Take a code from the list of elements or of indicators.

cube-parameter-missing = Parameter “{ $parameter }”: the request lacks it. Add it to the address.
cube-parameter-mesure = Parameter “mesure”: “{ $found }” does not exist. Take the code of an element or an indicator, for instance SAN_CONS, DEM_POP|SEXE=F or I010.
cube-parameter-rapport = Parameter “rapport”: “{ $found }” cannot be read. Write known elements, for instance SAN_CONS;SAN_ACC/DEM_POP.
cube-parameter-facteur = Parameter “facteur”: “{ $found }” is not a whole number from 1 to 1,000,000. Write for instance 100.
cube-parameter-ventilation = Parameter “ventilation”: “{ $found }” does not split all the measures asked for. Take a list of these elements, for instance SEXE, or “cellules”.
cube-parameter-sous = Parameter “sous”: “{ $found }” is not a level. Write commune, cercle, region or national.
cube-parameter-lieu = Parameter “lieu”: “{ $found }” does not exist on these dates. Look for its code on the page of the territory.
cube-parameter-periode = Parameter “periode”: “{ $found }” cannot be read. Write 2024T4, 2024, 2023T1..2024T4 or 2020..2024.
cube-parameter-carte = Parameter “carte”: “{ $found }” is not a date. Write it as 2023-03-13, or “alors” for the map of each period.
cube-parameter-nombre = Parameter “nombre”: “{ $found }” is not a number from 1 to 1,000. Correct it.
cube-parameter-ordre = Parameter “ordre”: “{ $found }” is not an order. Write croissant or decroissant.
cube-parameter-regle = Parameter “regle”: “{ $found }” cannot be read. Write for instance SAN_CONS>40*SAN_ACC, with three decimals at most.
cube-parameter-par = Parameter “par”: “{ $found }” is not a group. Write milieu, region or cercle.
cube-parameter-forme = Parameter “forme”: “{ $found }” is not a form. Write lignes or grille.
