delete from edition_draft_change where sheet = $1 and row_key = $2
