select
    r.mark, r.country, r.word, r.day, r.title, r.number, r.text_day, r.units, r.person, r.office,
    r.reason, r.at_millis, r.state, r.refusal, l.content,
    u.reason as undone_reason, u.office as undone_office, u.at_millis as undone_at
from territory_reform r
left join territory_layer l on l.country = r.country and l.rank = r.rank and l.kind = 'reform'
left join territory_undoing u on u.mark = r.undone_by
where r.mark = $1
