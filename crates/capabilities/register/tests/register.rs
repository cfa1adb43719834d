//! The register as it ships, searched and changed, on both engines.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on stops")]

use db::{Tx, testing};
use journal::{Audience, Draft, Folds, Journal, JournalError};
use kernel::{Date, Failure};
use register::{Axis, Event, Filter, Partnership, Status, Typed};
use territory::Shipped;

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

fn draft(it: Shipped) -> Draft {
    Draft {
        audience: Audience::Local,
        scope: "*".to_owned(),
        person: "programme".to_owned(),
        office: String::new(),
        reason: String::new(),
        kind: it.kind.to_owned(),
        subject: it.subject,
        payload: it.payload,
        at_millis: day("2026-01-01").to_millis(),
    }
}

fn filled(base: &testing::Empty) -> Journal {
    let folds = Folds::new(vec![territory::fold(), register::fold()]);
    let journal = Journal::open(base.db.clone(), folds).unwrap();
    let content = territory::shipped().unwrap().into_iter().chain(register::shipped().unwrap());
    base.db
        .write(|tx| {
            for it in content {
                journal.append(tx, draft(it))?;
            }
            Ok::<(), JournalError>(())
        })
        .unwrap();
    journal
}

fn typed(pairs: &[(&str, &str)]) -> Typed {
    let pairs: Vec<(String, String)> =
        pairs.iter().map(|it| (it.0.to_owned(), it.1.to_owned())).collect();
    Typed::read(&pairs)
}

fn understood(tx: &mut Tx<'_>, pairs: &[(&str, &str)]) -> Filter {
    let (filter, refused) = typed(pairs).understand(tx).unwrap();
    assert_eq!(refused, [], "{pairs:?}");
    filter
}

fn found(tx: &mut Tx<'_>, pairs: &[(&str, &str)]) -> Vec<Partnership> {
    let filter = understood(tx, pairs);
    let count = register::count(tx, &filter).unwrap();
    let list = register::list(tx, &filter, 1000, 0).unwrap();
    let (paged, page) = register::page(tx, &filter).unwrap();
    assert_eq!((paged, &page[..]), (count, &list[..list.len().min(50)]), "{pairs:?}");
    assert_eq!(count, i64::try_from(list.len()).unwrap(), "{pairs:?}");
    list
}

fn lines(list: &[Partnership]) -> Vec<i64> {
    let mut lines: Vec<i64> = list
        .iter()
        .filter(|it| it.origins.source == register::GUIDE_SOURCE)
        .filter_map(|it| it.origins.line)
        .collect();
    lines.sort_unstable();
    lines
}

#[test]
fn the_register_as_it_ships() {
    for base in testing::both() {
        let journal = filled(&base);
        base.db
            .read(|tx| {
                filters_find_what_the_guide_prints(tx);
                a_search_forgives(tx);
                unknown_values_are_refused_by_field(tx);
                statistics_add_up(tx);
                questions_are_those_of_the_file(tx);
                Ok::<(), db::DbError>(())
            })
            .unwrap();
        changes_are_entries(&base, &journal);
        let verdict = journal.verify(&mut |_| {}).unwrap();
        assert_eq!(verdict.faults, [], "{}", base.engine);
    }
}

fn filters_find_what_the_guide_prints(tx: &mut Tx<'_>) {
    let guide = ("source", "partnerships.csv");
    for (filters, expected) in [
        (vec![guide], 184),
        (vec![guide, ("pays", "FR")], 168),
        (vec![guide, ("pays", "de")], 2),
        (vec![guide, ("pays", "CA")], 6),
        (vec![guide, ("niveau", "département")], 12),
        (vec![guide, ("niveau", "cercle")], 5),
        (vec![guide, ("annee_min", "2005")], 3),
        (vec![guide, ("annee_min", "1974"), ("annee_max", "1974")], 1),
        (vec![guide, ("region", "D")], 19),
        (vec![guide, ("region", "ML09")], 19),
        (vec![guide, ("statut", "non renseigné")], 184),
        (vec![], 213),
        (vec![("statut", "en-gestation")], 12),
        (vec![("statut", "convention")], 5),
        (vec![("statut", "signe")], 12),
        (vec![("source", "bamako_accords.csv")], 29),
        (vec![("lieu", "ML020431")], 1),
        (vec![("lieu", "Sanankoroba")], 1),
    ] {
        assert_eq!(found(tx, &filters).len(), expected, "{filters:?}");
    }
    // A region that contradicts is found under both.
    let both = |tx: &mut Tx<'_>, region| lines(&found(tx, &[guide, ("region", region)]));
    assert!(both(tx, "4").contains(&21) && both(tx, "5").contains(&21));
    // A cercle holds its communes.
    let kati = lines(&found(tx, &[guide, ("lieu", "ML0204")]));
    assert!(kati.contains(&179), "{kati:?}");
    // The pages follow one another without loss or repetition.
    let mut seen = Vec::new();
    for page in ["1", "2", "3", "4"] {
        let filter = understood(tx, &[guide, ("page", page)]);
        let (count, list) = register::page(tx, &filter).unwrap();
        assert_eq!(count, 184);
        seen.extend(lines(&list));
    }
    seen.sort_unstable();
    assert_eq!(seen, (1..=184).collect::<Vec<i64>>());
    // And in every order.
    for sort in ["nom", "lieu", "annee"] {
        assert_eq!(found(tx, &[guide, ("tri", sort)]).len(), 184, "{sort}");
    }
}

fn a_search_forgives(tx: &mut Tx<'_>) {
    let first = |list: &[Partnership]| lines(list);
    // The accents, the old spelling, the beginning of the name.
    let ouelessebougou = found(tx, &[("lieu", "ML020428")]);
    for q in ["ouelessebougou", "Ouéléssébougou", "wélésébougou", "oueless"] {
        assert_eq!(found(tx, &[("q", q)]), ouelessebougou, "{q}");
    }
    assert!(!ouelessebougou.is_empty());
    assert_eq!(first(&found(tx, &[("q", "Sanankoroba")])), [179]);
    // A village finds the partnerships of its commune: Dantokoto is in no line of the register.
    let villages = territory::localities(tx, "ML020431").unwrap();
    let village = villages.iter().find(|it| it.name != "SANANKOROBA").unwrap();
    let by_village = found(tx, &[("q", &village.name)]);
    assert!(lines(&by_village).contains(&179), "{} finds {by_village:?}", village.name);
    // Any spelling finds the town, in both sources.
    for q in ["Achkabad", "Achgabat", "achkhabad"] {
        let list = found(tx, &[("q", q)]);
        assert_eq!(list.len(), 2, "{q}");
        assert_eq!(list[0].foreign[0].id, list[1].foreign[0].id, "{q}");
    }
    assert_eq!(first(&found(tx, &[("q", "bobo dioulasso")])), [175]);
    assert_eq!(first(&found(tx, &[("q", "yougoslavie")])), [171]);
    // All words must be found.
    assert_eq!(first(&found(tx, &[("q", "angers bamako"), ("source", "partnerships.csv")])), [6]);
    assert!(found(tx, &[("q", "angers kayes")]).is_empty());
    assert!(found(tx, &[("q", "xyzzy")]).is_empty());
    // A three-sided relation is found by each side.
    let triangular = |tx: &mut Tx<'_>, q| lines(&found(tx, &[("q", q)]));
    assert!(triangular(tx, "quetigny").contains(&168) && triangular(tx, "bous").contains(&168));
}

fn unknown_values_are_refused_by_field(tx: &mut Tx<'_>) {
    for (field, value) in [
        ("pays", "ZZ"),
        ("pays", "France entière"),
        ("niveau", "canton"),
        ("region", "12"),
        ("lieu", "Atlantide"),
        ("statut", "vivant"),
        ("annee_min", "jadis"),
        ("annee_max", "-5"),
        ("forme", "mariage"),
        ("source", "ailleurs.csv"),
        ("tri", "hasard"),
        ("page", "0"),
    ] {
        let (_, refused) = typed(&[(field, value)]).understand(tx).unwrap();
        let fields: Vec<&str> = refused.iter().map(|it| it.field).collect();
        assert_eq!(fields, [field], "{value}");
    }
    let (_, refused) =
        typed(&[("annee_min", "2005"), ("annee_max", "1995")]).understand(tx).unwrap();
    assert_eq!(refused[0].field, "annee_max");
    let long = "a".repeat(500);
    let (_, refused) = typed(&[("q", &long)]).understand(tx).unwrap();
    assert_eq!(refused[0].field, "q");
}

fn statistics_add_up(tx: &mut Tx<'_>) {
    let filter = understood(tx, &[("source", "partnerships.csv")]);
    for axis in [Axis::Decade, Axis::Status, Axis::Form, Axis::Source] {
        let tally = register::tally(tx, &filter, axis).unwrap();
        assert_eq!(tally.iter().map(|it| it.1).sum::<i64>(), 184, "{axis:?}");
    }
    let countries = register::tally(tx, &filter, Axis::Country).unwrap();
    // Two relations bind a town of Germany with one of France.
    assert_eq!(countries.iter().map(|it| it.1).sum::<i64>(), 186);
    let decades = register::tally(tx, &filter, Axis::Decade).unwrap();
    let none = decades.iter().find(|it| it.0.is_none()).unwrap();
    assert!(0 < none.1);
    let regions = register::tally(tx, &filter, Axis::Region).unwrap();
    assert_eq!(regions.iter().find(|it| it.0.as_deref() == Some("ML09")).unwrap().1, 19);
}

fn questions_are_those_of_the_file(tx: &mut Tx<'_>) {
    let file = std::fs::read_to_string(concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../../../shared/reference/partnerships.csv"
    ))
    .unwrap();
    let mut expected = std::collections::BTreeMap::<String, i64>::new();
    let mut reader = csv::Reader::from_reader(file.as_bytes());
    let at = reader.headers().unwrap().iter().position(|it| it == "flags").unwrap();
    for row in reader.records() {
        let row = row.unwrap();
        for flag in row[at].split('|').filter(|it| !it.is_empty()) {
            *expected.entry(flag.to_owned()).or_default() += 1;
        }
    }
    let ours = [register::LIEU_NON_RAPPROCHE, register::REMARQUE];
    let counted: std::collections::BTreeMap<String, i64> = register::question_counts(tx)
        .unwrap()
        .into_iter()
        .filter(|it| it.0 == register::GUIDE_SOURCE && !ours.contains(&it.1.as_str()))
        .map(|it| (it.1, it.2))
        .collect();
    assert_eq!(counted, expected);
    let listed = register::with_question(tx, Some("DEUX_COLLECTIVITES"), 100, 0).unwrap();
    assert_eq!(lines(&listed), [73, 77, 168, 169, 179]);
}

fn changes_are_entries(base: &testing::Empty, journal: &Journal) {
    let (id, before) = base
        .db
        .read(|tx| {
            let it = found(tx, &[("q", "angers"), ("source", "partnerships.csv")]).remove(0);
            Ok::<_, db::DbError>((it.id, it))
        })
        .unwrap();
    let record = |kind: &str, payload: Vec<u8>, on: &str| {
        base.db
            .write(|tx| {
                journal.append(
                    tx,
                    Draft {
                        kind: kind.to_owned(),
                        subject: id.to_string(),
                        payload,
                        at_millis: day(on).to_millis(),
                        ..draft(Shipped { kind: "", subject: String::new(), payload: vec![] })
                    },
                )
            })
            .unwrap()
    };
    let changes = before.changes_to([("url", "http://angers.fr".to_owned())]).unwrap();
    let change = record(register::CHANGED, serde_json::to_vec(&changes).unwrap(), "2026-02-01");
    let status = register::StatusEvent {
        status: Status::Actif,
        from: Some(day("2020-01-01")),
        written: String::new(),
        motive: String::new(),
        entry: None,
    };
    record(register::STATUS_RECORDED, serde_json::to_vec(&status).unwrap(), "2026-03-01");
    base.db
        .read(|tx| {
            let known = |tx: &mut Tx<'_>, on: &str| {
                register::known_on(tx, id, Some(day(on))).map(|it| it.map(|it| it.partnership))
            };
            assert_eq!(known(tx, "2025-12-31")?, None);
            assert_eq!(known(tx, "2026-01-31")?.unwrap(), before);
            assert_eq!(known(tx, "2026-02-01")?.unwrap().contact.url, "http://angers.fr");
            assert_eq!(known(tx, "2026-02-28")?.unwrap().status(), Status::Inconnu);
            assert_eq!(known(tx, "2026-03-01")?.unwrap().status(), Status::Actif);
            let list = found(tx, &[("statut", "actif")]);
            assert_eq!(list.len(), 1, "{}", base.engine);
            let known = register::known_on(tx, id, None)?.unwrap();
            assert_eq!(known.steps.len(), 3);
            let history: Vec<_> = known.steps.iter().filter_map(|it| it.recorded.clone()).collect();
            let back = register::undo(&history, &change.mark()).unwrap();
            assert!(matches!(back, Event::Undone { .. }));
            Ok::<(), Failure>(())
        })
        .unwrap();
    let undone = register::Undone {
        entry: change.mark(),
        changes: vec![register::FieldChange {
            field: "url".to_owned(),
            old: "http://angers.fr".to_owned(),
            new: before.contact.url.clone(),
        }],
    };
    record(register::UNDONE, serde_json::to_vec(&undone).unwrap(), "2026-04-01");
    base.db
        .read(|tx| {
            let now = register::find_partnership(tx, id)?.unwrap();
            assert_eq!(now.contact, before.contact);
            Ok::<(), db::DbError>(())
        })
        .unwrap();
}

fn adviser(place: &str) -> identity::Actor {
    let (id, today) = (kernel::Id::mint(), day("2026-02-01"));
    let office = identity::Office {
        id: kernel::Id::mint(),
        person_id: id,
        kind: identity::OfficeKind::CercleAdviser,
        title: "conseiller".to_owned(),
        place: place.to_owned(),
        from: today.plus_days(-30),
        to: None,
    };
    identity::Actor::person(id, "A. Traoré".to_owned(), vec![office], today)
}

#[test]
fn each_side_is_changed_by_those_of_its_place() {
    let base = testing::sqlite();
    let journal = filled(&base);
    let now = day("2026-02-01").to_millis();
    // A relation that binds a commune of Kati and one of Kayes.
    let mut both = base
        .db
        .read(|tx| {
            let of_kati = found(tx, &[("q", "sanankoroba")]).remove(0);
            let of_kayes = found(tx, &[("lieu", "ML01")]).into_iter();
            let mut of_kayes = of_kayes.filter(|it| it.malian.iter().all(|it| it.place.is_some()));
            let other = of_kayes.next().unwrap();
            Ok::<_, Failure>(Partnership {
                id: kernel::Id::mint(),
                malian: [&of_kati.malian[..1], &other.malian[..1]].concat(),
                ..of_kati
            })
        })
        .unwrap();
    both.statuses.clear();
    let id = both.id;
    let program = identity::Actor::program();
    let added = base.db.write(|tx| {
        identity::Ctx::new(tx, &journal, &program, now).record(identity::Fact {
            kind: register::ADDED,
            subject: &id.to_string(),
            audience: Audience::Territory,
            scope: "ML0204",
            reason: "essai",
            payload: &both,
        })
    });
    added.unwrap();
    let edit = |place: &str, field: &str, value: &str| {
        let actor = adviser(place);
        base.db.write(|tx| {
            let known = register::known_on(tx, id, None)?.unwrap();
            let seen = register::last_mark(&known);
            let wanted = [(field.to_owned(), value.to_owned())];
            let mut ctx = identity::Ctx::new(tx, &journal, &actor, now);
            register::edit(&mut ctx, id, &seen, &wanted, "essai")
        })
    };
    let denied = |done: Result<(), kernel::Stop<register::Refusals>>| {
        matches!(done, Err(kernel::Stop::Failed(Failure::Denied(_))))
    };
    let kayes = both.malian[1].place.clone().unwrap();
    for (field, value) in [
        ("malian.1.name", "Autre nom"),
        ("malian.1.place", "ML020402"),
        ("malian.1.place", ""),
        ("malian.0.place", kayes.as_str()),
    ] {
        assert!(denied(edit("ML0204", field, value)), "{field} = {value}");
    }
    // What binds both may be changed by either; its own side by each.
    edit("ML0204", "years", "1999").unwrap();
    edit("ML0204", "malian.0.name", "Sanankoroba du Mandé").unwrap();
    edit(&kayes, "malian.1.name", "Autre nom").unwrap();
}
