delete from register_question where n = $1
