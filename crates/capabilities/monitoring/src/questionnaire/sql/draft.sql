select first_quarter, title, person, at_millis from edition_draft
