//! A commune holds its assessment, keeps it to itself, and lets one office read it.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on stops")]

use assessments::{Content, Decided, Group, Mark, Refusals};
use identity::{Actor, Ctx, Office, OfficeKind};
use journal::{Audience, Draft, Folds, Journal};
use kernel::{Date, Failure, Id, Stop};

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

fn opened(base: &db::testing::Empty) -> Journal {
    base.db.write(identity::migrate).unwrap();
    let folds = Folds::new(vec![identity::fold(), territory::fold(), assessments::fold()]);
    let journal = Journal::open(base.db.clone(), folds).unwrap();
    let it = territory::example().unwrap();
    let mut drafts = vec![Draft {
        audience: Audience::Local,
        scope: "*".to_owned(),
        person: "programme".to_owned(),
        office: String::new(),
        reason: String::new(),
        kind: it.kind.to_owned(),
        subject: it.subject,
        payload: it.payload,
        at_millis: day("2025-01-01").to_millis(),
    }];
    drafts.extend(assessments::example(day("2025-01-01").to_millis()).unwrap());
    for draft in drafts {
        base.db.write(|tx| journal.append(tx, draft)).unwrap();
    }
    journal
}

fn holder(kind: OfficeKind, place: &str, on: Date) -> Actor {
    let id = Id::mint();
    let office = Office {
        id: Id::mint(),
        person_id: id,
        kind,
        title: kind.to_string(),
        place: place.to_owned(),
        from: on.plus_days(-30),
        to: None,
    };
    Actor::person(id, "M. Keita".to_owned(), vec![office], on)
}

fn act<T, E: From<db::DbError>>(
    journal: &Journal,
    actor: &Actor,
    work: impl FnOnce(&mut Ctx<'_, '_>) -> Result<T, E>,
) -> Result<T, E> {
    let at = day("2025-11-20").to_millis() + 36_000_000;
    journal.db().write(|tx| work(&mut Ctx::new(tx, journal, actor, at)))
}

fn fields(done: Result<(), Stop<Refusals>>) -> Vec<String> {
    match done {
        Err(Stop::Refused(it)) => it.0.into_iter().map(|it| it.0).collect(),
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_meeting_is_kept_and_stays_the_communes_own() {
    for base in db::testing::both() {
        let journal = opened(&base);
        let today = day("2025-11-20");
        let commune = holder(OfficeKind::MunicipalSecretary, "EX-C1", today);
        let cercle = holder(OfficeKind::CercleAdviser, "EX-CERCLE", today);
        let grid = assessments::grid("cinq-domaines").unwrap();

        for (actor, place) in [(&cercle, "EX-C1"), (&commune, "EX-C2")] {
            let done = act(&journal, actor, |ctx| assessments::begin(ctx, place, grid));
            assert!(matches!(done, Err(Failure::Denied(_))), "{done:?}");
        }
        let done = act(&journal, &commune, |ctx| assessments::begin(ctx, "EX-CERCLE", grid));
        assert!(matches!(done, Err(Failure::NotFound)), "a cercle is no commune: {done:?}");
        let id = act(&journal, &commune, |ctx| assessments::begin(ctx, "EX-C1", grid)).unwrap();
        let seen = || {
            let it = journal.db().read(|tx| assessments::find(tx, &id)).unwrap().unwrap();
            it.seen()
        };
        let save = |actor: &Actor, it: &Content| {
            let seen = seen();
            act(&journal, actor, |ctx| assessments::save(ctx, (&id, &seen), it.clone()))
        };

        // A draft may hold holes; what is closed may not hide them.
        let mut it = Content::blank(grid);
        it.marks.insert("ORG1".to_owned(), Mark { level: Some(3), evidence: String::new() });
        assert!(matches!(save(&cercle, &it), Err(Stop::Failed(Failure::Denied(_)))));
        save(&commune, &it).unwrap();
        it.closed = true;
        assert_eq!(fields(save(&commune, &it)), ["p-ORG1", "tenue", "elus-f"]);
        it.held = Some(day("2025-11-19"));
        it.groups.insert("elus".to_owned(), Group { women: 4, men: 7 });
        it.marks.insert(
            "ORG1".to_owned(),
            Mark { level: Some(3), evidence: "Quatre procès-verbaux.".to_owned() },
        );
        it.actions
            .push(Decided { what: "Afficher les décisions".to_owned(), ..Decided::default() });
        assert_eq!(fields(save(&commune, &it)), ["a-0"]);
        it.actions[0].owner = "secrétaire général".to_owned();
        it.actions[0].due = Some(day("2026-01-31"));
        it.marks.insert("LUNE".to_owned(), Mark { level: Some(9), evidence: String::new() });
        assert_eq!(fields(save(&commune, &it)), ["n-LUNE", "p-LUNE"]);
        it.marks.remove("LUNE");
        save(&commune, &it).unwrap();
        // What is closed is corrected, and never becomes a draft again.
        let draft = Content { closed: false, ..it.clone() };
        assert_eq!(fields(save(&commune, &draft)), [""]);
        it.groups.insert("elus".to_owned(), Group { women: 5, men: 7 });
        save(&commune, &it).unwrap();
        let kept = journal.db().read(|tx| assessments::find(tx, &id)).unwrap().unwrap();
        assert_eq!((kept.content.participants().women, kept.savings), (5, 4));

        // Two people fill it in at once: the second is told of the first, and loses nothing.
        let before = seen();
        let colleague = holder(OfficeKind::MunicipalSecretary, "EX-C1", today);
        let mut theirs = it.clone();
        theirs.groups.insert("agents".to_owned(), Group { women: 2, men: 1 });
        save(&colleague, &theirs).unwrap();
        let mut ours = it.clone();
        ours.groups.insert("services".to_owned(), Group { women: 1, men: 1 });
        let late = |seen: &str, it: &Content| {
            act(&journal, &commune, |ctx| assessments::save(ctx, (&id, seen), it.clone()))
        };
        let Err(Stop::Refused(told)) = late(&before, &ours) else { panic!("saved over unseen") };
        assert_eq!(told.0[0].0, "vu");
        assert!(format!("{:?}", told.0[0].1).contains("municipal-secretary"), "{told:?}");
        assert_eq!(fields(late("", &ours)), ["vu"]);
        let kept = journal.db().read(|tx| assessments::find(tx, &id)).unwrap().unwrap();
        assert_eq!((&kept.content.groups, kept.savings), (&theirs.groups, 5));
        // The same form twice is no conflict; what was compared is saved knowingly.
        late(&before, &theirs).unwrap();
        ours.groups.insert("agents".to_owned(), Group { women: 2, men: 1 });
        late(&seen(), &ours).unwrap();

        // An office of the cercle or of the nation, of the same kind, neither keeps nor opens it.
        for place in ["EX-CERCLE", "EX-NATION"] {
            let above = holder(OfficeKind::MunicipalSecretary, place, today);
            assert!(matches!(save(&above, &it), Err(Stop::Failed(Failure::Denied(_)))), "{place}");
            let done = act(&journal, &above, |ctx| {
                assessments::grant(ctx, "EX-C1", "municipal-secretary", place)
            });
            assert!(matches!(done, Err(Stop::Failed(Failure::Denied(_)))), "{done:?}");
        }

        // Nothing of it leaves the post.
        let written = journal.db().read(|tx| Journal::history(tx, &id, None)).unwrap();
        assert!(written.iter().all(|it| it.audience == Audience::Local));
        assert_eq!(journal.db().read(|tx| assessments::of_commune(tx, "EX-C1")).unwrap().len(), 3);
        let rebuilt = journal.rebuild_and_compare(&mut |_| {}).unwrap();
        assert_eq!(rebuilt.changed, Vec::<String>::new());
    }
}
