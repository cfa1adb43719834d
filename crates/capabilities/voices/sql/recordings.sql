select mark, fragment, scope, payload from voice_recording
where language = $1 and mark not in (select mark from voice_withdrawn)
order by fragment, mark
