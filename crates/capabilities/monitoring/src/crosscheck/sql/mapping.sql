select content from source_mapping where source_key = $1
