select content from edition_draft_change order by arrival, sheet, row_key
