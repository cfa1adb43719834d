//! Plans of communes on both engines: written, adopted, followed, revised; and the law that what is
//! kept never depends on the order in which posts told it.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on stops")]

use db::{Tx, testing};
use identity::{Actor, Ctx, Office, OfficeKind};
use journal::{Audience, Draft, Entry, Folds, Journal, JournalError};
use kernel::{Date, Failure, Id, Stop};
use plans::{
    Figures, Refusals, Scope, State, TypedAdoption, TypedLine, TypedPlan, TypedStep, read_table,
};
use proptest::prelude::*;

const COMMUNE: &str = "EX-C2";

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

fn filled(base: &testing::Empty) -> Journal {
    let folds = Folds::new(vec![identity::fold(), territory::fold(), plans::fold()]);
    let journal = Journal::open(base.db.clone(), folds).unwrap();
    let now = day("2025-06-01").to_millis();
    let it = territory::example().unwrap();
    let draft = Draft {
        audience: Audience::Local,
        scope: "*".to_owned(),
        person: "programme".to_owned(),
        office: String::new(),
        reason: String::new(),
        kind: it.kind.to_owned(),
        subject: it.subject,
        payload: it.payload,
        at_millis: now,
    };
    base.db
        .write(|tx| {
            journal.append(tx, draft)?;
            for it in plans::example(now).unwrap() {
                journal.append(tx, it)?;
            }
            Ok::<(), JournalError>(())
        })
        .unwrap();
    journal
}

fn person(kind: OfficeKind, place: &str) -> Actor {
    let id = Id::mint();
    let office = Office {
        id: Id::mint(),
        person_id: id,
        kind,
        title: "secrétaire général".to_owned(),
        place: place.to_owned(),
        from: day("2020-01-01"),
        to: None,
    };
    Actor::person(id, "A. Traoré".to_owned(), vec![office], day("2025-06-01"))
}

fn act<T>(
    journal: &Journal,
    actor: &Actor,
    work: impl FnOnce(&mut Ctx<'_, '_>) -> Result<T, Stop<Refusals>>,
) -> Result<T, Stop<Refusals>> {
    let now = day("2025-06-01").to_millis();
    journal
        .db()
        .write(|tx| work(&mut Ctx::new(tx, journal, actor, now)).map_err(Held))
        .map_err(|it| it.0)
}

/// A stop that can also be a failure of the store.
struct Held(Stop<Refusals>);

impl From<db::DbError> for Held {
    fn from(it: db::DbError) -> Self {
        Self(Failure::from(it).into())
    }
}

fn read<T>(journal: &Journal, work: impl FnOnce(&mut Tx<'_>) -> T) -> T {
    journal.db().read(|tx| Ok::<_, db::DbError>(work(tx))).unwrap()
}

fn keys(it: Result<impl std::fmt::Debug, Stop<Refusals>>) -> Vec<String> {
    match it {
        Err(Stop::Refused(Refusals(all))) => all.into_iter().map(|it| it.1.key).collect(),
        other => panic!("{other:?}"),
    }
}

fn line(sector: &str, action: &str, years: &str, cost: &str) -> TypedLine {
    TypedLine {
        sector: sector.to_owned(),
        action: action.to_owned(),
        years: years.to_owned(),
        cost: cost.to_owned(),
        ..TypedLine::default()
    }
}

#[test]
fn a_plan_from_its_first_line_to_its_revision() {
    for base in testing::both() {
        let journal = filled(&base);
        let secretary = person(OfficeKind::MunicipalSecretary, COMMUNE);
        let typed = TypedPlan {
            title: "PDSEC 2025-2029".to_owned(),
            first: "2025".to_owned(),
            last: "2029".to_owned(),
        };
        // The secretary of another commune, and the region, may not.
        for other in [
            person(OfficeKind::MunicipalSecretary, "EX-C1"),
            person(OfficeKind::RegionalOfficer, "EX-REGION"),
        ] {
            let done = act(&journal, &other, |ctx| plans::begin(ctx, COMMUNE, &typed));
            assert!(matches!(done, Err(Stop::Failed(Failure::Denied(_)))), "{done:?}");
        }
        let plan = act(&journal, &secretary, |ctx| plans::begin(ctx, COMMUNE, &typed)).unwrap();
        let early = TypedAdoption {
            day: "12/01/2025".to_owned(),
            number: "07/CE-2025".to_owned(),
            ..TypedAdoption::default()
        };
        let empty = act(&journal, &secretary, |ctx| plans::adopt(ctx, plan, &early));
        assert_eq!(keys(empty), ["plans-adopt-empty"]);
        let well = line("HYD", "Forage équipé", "2025", "8 500 000");
        let school = line("EDU", "École du quartier Est", "2025-2026", "14 000 000");
        let write = |it: &TypedLine| {
            act(&journal, &secretary, |ctx| plans::write_line(ctx, plan, None, it, ""))
        };
        let well_id = write(&well).unwrap();
        write(&school).unwrap();
        assert_eq!(keys(write(&well)), ["plans-line-twice"]);

        // A table: one line known word for word, one new; all or nothing.
        let csv =
            "secteur;action;2025;2026\nEau;Forage équipé;8500000;\nSanté;Maternité;;12 000 000\n";
        let table = |text: &str| {
            let held = read(&journal, |tx| {
                let it = plans::plan(tx, plan).unwrap().unwrap();
                read_table(tx, it, ("plan.csv", text.as_bytes()))
            });
            held.unwrap()
        };
        let looked = table(csv);
        assert_eq!((looked.added(), looked.same), (1, 1));
        act(&journal, &secretary, |ctx| plans::import(ctx, &looked, "")).unwrap();
        let again = table(csv);
        assert_eq!((again.lines.len(), again.same), (0, 2));
        assert_eq!(
            keys(act(&journal, &secretary, |ctx| plans::import(ctx, &again, ""))),
            ["plans-nothing-new"]
        );

        // Adopted; from then on a change has its reason, and a turn that was not seen is refused.
        let adoption = TypedAdoption {
            day: "12/01/2025".to_owned(),
            number: "07/CE-2025".to_owned(),
            ..TypedAdoption::default()
        };
        act(&journal, &secretary, |ctx| plans::adopt(ctx, plan, &adoption)).unwrap();
        let dearer = line("HYD", "Forage équipé", "2025", "9 000 000");
        let change = |seen, why: &str| {
            let at = Some((well_id, seen));
            act(&journal, &secretary, |ctx| plans::write_line(ctx, plan, at, &dearer, why))
        };
        assert_eq!(keys(change(0, "")), ["plans-no-reason"]);
        change(0, "devis reçu").unwrap();
        assert_eq!(keys(change(0, "devis reçu")), ["plans-changed-since"]);

        let step = TypedStep {
            state: "realisee".to_owned(),
            day: "20/05/2025".to_owned(),
            paid: "9 000 000".to_owned(),
            funding: "ANICT".to_owned(),
            reason: String::new(),
        };
        act(&journal, &secretary, |ctx| plans::follow(ctx, plan, well_id, &step)).unwrap();
        let figures = read(&journal, |tx| {
            let lines = plans::lines(tx, plan).unwrap();
            let steps = plans::steps(tx, plan).unwrap();
            Figures::of(&lines, &steps, Scope { year: Some(2025), day: day("2025-06-01") })
        });
        assert_eq!((figures.lines, figures.costed, figures.cost), (2, 1, 9_000_000));
        assert_eq!((figures.count(State::Done), figures.paid), (1, 9_000_000));
        assert_eq!(figures.rate_by_number(), Some("50.0".parse().unwrap()));

        // What OISE is offered: no sum where a part is unknown.
        let offered = read(&journal, |tx| plans::offered(tx, COMMUNE, day("2025-12-31")));
        let cells = offered.unwrap().unwrap().cells;
        assert_eq!(cells["PLA_ACT_PREV"], 2);
        assert_eq!(cells["PLA_COUT_REAL|ORIGINE_FIN=ANICT"], 9_000_000);
        assert!(!cells.contains_key("PLA_COUT_PREV"));
        let before = read(&journal, |tx| plans::offered(tx, COMMUNE, day("2024-12-31")));
        assert_eq!(before.unwrap(), None);

        // The revision keeps the old plan, its line and its follow-up.
        let typed = TypedPlan { title: "PDSEC révisé".to_owned(), ..typed.clone() };
        let new = act(&journal, &secretary, |ctx| plans::revise(ctx, plan, &typed, "mi-parcours"));
        let new = new.unwrap();
        let (old_lines, new_lines, steps) = read(&journal, |tx| {
            let lines = |tx: &mut Tx<'_>, id| plans::lines(tx, id).unwrap();
            (lines(tx, plan), lines(tx, new), plans::steps(tx, new).unwrap())
        });
        assert_eq!(old_lines, new_lines);
        assert_eq!(steps[&well_id].len(), 1);

        // A step written by mistake is taken back, in both versions.
        let mark = steps[&well_id][0].mark.clone();
        let take = |why: &str| {
            act(&journal, &secretary, |ctx| plans::withdraw(ctx, new, well_id, &mark, why))
        };
        assert_eq!(keys(take("")), ["plans-no-reason"]);
        take("autre forage").unwrap();
        assert!(read(&journal, |tx| plans::steps(tx, plan).unwrap()).is_empty());
        // The tables are the fold of the entries.
        let before = read(&journal, dump);
        journal.rebuild(&mut |_| {}).unwrap();
        assert_eq!(read(&journal, dump), before, "{}", base.engine);
    }
}

#[test]
fn a_syndicat_of_three_communes_carries_out_a_line() {
    let base = testing::sqlite();
    let journal = filled(&base);
    let member = |place: &str| territory::TypedMember {
        place: place.to_owned(),
        deliberation: "12/CE-2024".to_owned(),
        ..territory::TypedMember::default()
    };
    let typed = territory::TypedGroup {
        name: "Syndicat du fleuve".to_owned(),
        statutes: "3 mars 2024".to_owned(),
        from: "15/04/2024".to_owned(),
        members: ["EX-C1", "EX-C2", "EX-C3"].map(member).into(),
        ..territory::TypedGroup::default()
    };
    let actor = Actor::program();
    let now = day("2025-06-01").to_millis();
    let group = journal
        .db()
        .write(|tx| {
            let mut ctx = Ctx::new(tx, &journal, &actor, now);
            territory::write_group(&mut ctx, None, &typed, "")
                .map_err(|it| db::DbError::Unreadable(format!("{it:?}")))
        })
        .unwrap();
    let plan =
        TypedPlan { title: "PDSEC".to_owned(), first: "2025".to_owned(), last: "2029".to_owned() };
    let plan = act(&journal, &actor, |ctx| plans::begin(ctx, COMMUNE, &plan)).unwrap();
    let mut bridge = line("VOI", "Pont de la piste", "2026", "40 000 000");
    bridge.owner = "syndicat du fleuve".to_owned();
    let id = act(&journal, &actor, |ctx| plans::write_line(ctx, plan, None, &bridge, "")).unwrap();
    let (kept, _) = read(&journal, |tx| plans::line(tx, plan, id).unwrap().unwrap());
    assert_eq!(kept.owner, Some(group));
    bridge.owner = "Syndicat de la montagne".to_owned();
    let refused = act(&journal, &actor, |ctx| plans::write_line(ctx, plan, None, &bridge, ""));
    assert_eq!(keys(refused), ["plans-bad-owner"]);
}

/// All rows of the slice's tables.
fn dump(tx: &mut Tx<'_>) -> Vec<String> {
    let mut out = Vec::new();
    for table in plans::fold().tables() {
        let rows = tx.query(&format!("select * from {table}"), &[]).unwrap();
        let mut rows: Vec<String> = rows.iter().map(|it| format!("{:?}", it.values())).collect();
        rows.sort();
        out.push(format!("{table}: {rows:?}"));
    }
    out
}

/// Entries of two posts that write of the same plan at once.
fn entries() -> Vec<Entry> {
    let plan = Id::mint();
    let well = Id::mint();
    let mut out = Vec::new();
    let mut tell = |post: u8, at: i64, kind: &str, reason: &str, payload: serde_json::Value| {
        let seq = out.len() as u64 + 1;
        out.push(Entry {
            stream_id: format!("post-{post}"),
            seq,
            hash: [seq as u8 * 7 + post; 32],
            post_id: format!("post-{post}"),
            incarnation: String::new(),
            audience: Audience::Territory,
            scope: COMMUNE.to_owned(),
            arrival: 0,
            known_millis: 0,
            at_millis: at,
            person: String::new(),
            office: String::new(),
            reason: reason.to_owned(),
            kind: kind.to_owned(),
            subject: plan.to_string(),
            payload: serde_json::to_vec(&payload).unwrap(),
        });
    };
    let line = |cost: i64, turn: i64| {
        serde_json::json!({ "lines": [{
            "turn": turn, "id": well, "sector": "HYD", "action": "Forage",
            "years": [{ "year": 2025, "cost": cost }], "cost": cost,
        }] })
    };
    tell(
        1,
        10,
        plans::PLAN_WRITTEN,
        "",
        serde_json::json!({ "plan": {
        "id": plan, "commune": COMMUNE, "title": "PDSEC", "first": 2025, "last": 2029,
    } }),
    );
    tell(1, 20, plans::LINES_WRITTEN, "", line(1, 0));
    tell(1, 30, plans::LINES_WRITTEN, "", line(2, 1));
    tell(2, 25, plans::LINES_WRITTEN, "", line(3, 1));
    tell(
        1,
        40,
        plans::PLAN_ADOPTED,
        "",
        serde_json::json!({ "turn": 0, "day": "2025-01-12", "number": "7" }),
    );
    tell(
        2,
        41,
        plans::PLAN_ADOPTED,
        "",
        serde_json::json!({ "turn": 0, "day": "2025-01-13", "number": "8" }),
    );
    tell(
        1,
        50,
        plans::LINE_FOLLOWED,
        "",
        serde_json::json!({ "line": well, "state": "en-cours", "day": "2025-02-01" }),
    );
    tell(
        2,
        51,
        plans::LINE_FOLLOWED,
        "",
        serde_json::json!({ "line": well, "state": "realisee", "day": "2025-02-01", "paid": 5, "funding": "ETAT" }),
    );
    let mark = out_mark(1, 7);
    tell(2, 60, plans::STEP_WITHDRAWN, "erreur", serde_json::json!({ "mark": mark, "line": well }));
    tell(
        1,
        61,
        plans::STEP_WITHDRAWN,
        "doublon",
        serde_json::json!({ "mark": mark, "line": well }),
    );
    out
}

/// The mark of the entry of that post and number.
fn out_mark(post: u8, seq: u8) -> String {
    format!("{:02x}", seq * 7 + post).repeat(8)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn what_is_kept_does_not_depend_on_the_order(order in Just((0..10usize).collect::<Vec<_>>()).prop_shuffle()) {
        let told = entries();
        let kept = |order: &[usize]| {
            let base = testing::sqlite();
            base.db.write(|tx| {
                let fold = plans::fold();
                tx.batch(fold.schema()).unwrap();
                for at in order {
                    fold.apply(tx, &told[*at]).unwrap();
                }
                Ok::<_, db::DbError>(dump(tx))
            }).unwrap()
        };
        let straight: Vec<usize> = (0..told.len()).collect();
        prop_assert_eq!(kept(&order), kept(&straight));
    }
}
