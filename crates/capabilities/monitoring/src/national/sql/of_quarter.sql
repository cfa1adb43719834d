select content from published_result where nation = $1 and quarter = $2 order by place
