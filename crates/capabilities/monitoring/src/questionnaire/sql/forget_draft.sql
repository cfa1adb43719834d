delete from edition_draft
