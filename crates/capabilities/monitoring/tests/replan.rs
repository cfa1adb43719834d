//! The nation changes its circuit: over posts of three levels, on two engines.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop there")]

mod common;

use common::{Content, Post, TODAY, adviser, bases, day, last_quarter, officer, quarter};
use identity::OfficeKind;
use kernel::{Failure, Stop};
use monitoring::circuit::{self, Act, Refused, Replan, Standing, Step};
use monitoring::entry;
use monitoring::store::{self, Stage};

const Q: &str = "2024T4";
const WHY: &str = "Les pistes sont coupées jusqu’en janvier.";

fn refused<T: std::fmt::Debug>(done: Result<T, Stop<Refused>>) -> Refused {
    match done {
        Err(Stop::Refused(it)) => it,
        other => panic!("not refused: {other:?}"),
    }
}

fn step(act: Act, within: &str, delay: &str) -> Step {
    let (levels, office) = match act {
        Act::File => ("commune|cercle", "municipal-secretary"),
        Act::Close => ("cercle|region", "cercle-adviser"),
        Act::Validate => ("region", "regional-officer"),
        Act::Publish => ("national", "national-officer"),
    };
    Step {
        from: Q.to_owned(),
        within: within.to_owned(),
        act,
        levels: levels.split('|').map(str::to_owned).collect(),
        office: office.to_owned(),
        delay: delay.to_owned(),
        to: String::new(),
    }
}

#[test]
fn a_new_delay_counts_from_its_quarter_at_all_posts_and_never_before() {
    for (base, other) in bases().into_iter().zip(bases()) {
        let (nation, cercle) =
            (Post::open(base, Content::Exercise), Post::open(other, Content::Exercise));
        let ccn = officer(OfficeKind::NationalOfficer, "EX-NATION");
        let add = |row: Step| Replan::Add(row);
        let set = |actor: &identity::Actor, row: Step, why: &str| {
            nation.act(actor, |ctx| circuit::replan(ctx, "EX-NATION", &add(row), why))
        };
        let late = step(Act::File, "EX-C2", "5");

        // Others may not, a reason is asked, a place must exist.
        let csr = officer(OfficeKind::RegionalOfficer, "EX-REGION");
        let denied = set(&csr, late.clone(), WHY);
        assert!(matches!(denied, Err(Stop::Failed(Failure::Denied(_)))), "{denied:?}");
        assert_eq!(refused(set(&ccn, late.clone(), " ")), Refused::NoReason);
        let nowhere = step(Act::File, "EX-C9", "5");
        assert_eq!(refused(set(&ccn, nowhere, WHY)), Refused::PlanPlace("EX-C9".to_owned()));
        let before = Step { from: "2024T3".to_owned(), ..late.clone() };
        let first = quarter(Q);
        assert_eq!(refused(set(&ccn, before, WHY)), Refused::PlanQuarter { first });

        // What it would change: one commune, ten days less.
        let seen = nation
            .base
            .db
            .read(|tx| {
                Ok::<_, Failure>(circuit::preview_replan(
                    tx,
                    "EX-NATION",
                    &add(late.clone()),
                    day(TODAY),
                ))
            })
            .unwrap()
            .unwrap();
        let told: Vec<_> = seen
            .moved
            .iter()
            .map(|it| (it.act, it.before.due, it.after.due, it.units.clone()))
            .collect();
        let due = |text: &str| Some(day(text));
        let expected = (Act::File, due("2025-01-15"), due("2025-01-05"), vec!["EX-C2".to_owned()]);
        assert_eq!(told, [expected]);

        set(&ccn, late, WHY).unwrap();
        nation.send_down_to(&cercle);
        let due = |post: &Post, unit: &str, of: &str| {
            let read = post.base.db.read(|tx| {
                let ground = circuit::ground_of(tx, "EX-NATION", quarter(of))?;
                let questionnaire = monitoring::questionnaire::in_force(tx, quarter(of))?;
                Ok::<_, Failure>(store::deadline(&ground, &questionnaire, unit, quarter(of)))
            });
            read.unwrap().to_string()
        };
        for post in [&nation, &cercle] {
            assert_eq!(due(post, "EX-C2", Q), "2025-01-05");
            assert_eq!(due(post, "EX-C1", Q), "2025-01-15");
            assert_eq!(
                due(post, "EX-C2", "2024T3"),
                "2024-10-15",
                "an old quarter keeps its circuit"
            );
        }

        // The returns come on 10 January: in time for all but that commune, in the grid of
        // reception and in the count of which promptness is made.
        let adviser = adviser();
        cercle.act(&adviser, |ctx| entry::import(ctx, "v.csv", &last_quarter(), None)).unwrap();
        let read = cercle.base.db.read(|tx| {
            let ground = circuit::ground_of(tx, "EX-CERCLE", quarter(Q))?;
            circuit::doubts(tx, &adviser, &ground, quarter(Q))
        });
        for it in read.unwrap() {
            let unit = it.alert.unit.clone();
            cercle
                .act(&adviser, |ctx| circuit::answer(ctx, &unit, quarter(Q), &it.rule, WHY))
                .unwrap();
        }
        cercle.act(&adviser, |ctx| circuit::close(ctx, "EX-CERCLE", quarter(Q), None)).unwrap();
        let (grid, returns) = cercle
            .base
            .db
            .read(|tx| {
                let ground = circuit::ground_of(tx, "EX-CERCLE", quarter(Q))?;
                let grid =
                    circuit::reception(tx, &adviser, &ground, quarter(Q), day(TODAY), false)?;
                let view = store::View::Working;
                Ok::<_, Failure>((grid, store::returns(tx, &adviser, &ground, view, quarter(Q))?))
            })
            .unwrap();
        let standing = |unit: &str| {
            let cells = &grid.rows[0].cells;
            cells.iter().find(|it| it.unit == unit).unwrap().standing
        };
        assert_eq!(
            (standing("EX-C1"), standing("EX-C2")),
            (Standing::Received, Standing::ReceivedLate(5))
        );
        assert_eq!((returns["EX-C1"].on_time, returns["EX-C2"].on_time), (9, 0));
        assert_eq!((grid.promptness.done, grid.promptness.all), (18, 27));

        // What the cercle closed keeps its circuit: neither another row nor one less.
        cercle.send_to(&nation);
        let closed = Refused::PlanQuarter { first: quarter(Q).plus(1) };
        assert_eq!(refused(set(&ccn, step(Act::Close, "EX-CERCLE", "9"), WHY)), closed);
        let less =
            nation.act(&ccn, |ctx| circuit::replan(ctx, "EX-NATION", &Replan::Remove(4), WHY));
        assert_eq!(refused(less), closed);
        let later = Step { from: quarter(Q).plus(1).to_string(), ..step(Act::File, "EX-C2", "7") };
        set(&ccn, later, WHY).unwrap();
        assert_eq!(due(&nation, "EX-C2", Q), "2025-01-05");

        // A third plan: the later row goes out again, and the numbers count on.
        let out =
            nation.act(&ccn, |ctx| circuit::replan(ctx, "EX-NATION", &Replan::Remove(5), WHY));
        out.unwrap();
        let sets = nation.base.db.read(|tx| circuit::plans_set(tx, "EX-NATION")).unwrap();
        assert_eq!(sets.iter().map(|it| it.0.number).collect::<Vec<_>>(), [3, 2, 1]);
        let before = nation.base.db.read(|tx| nation.journal.digests(tx)).unwrap();
        nation.journal.rebuild(&mut |_| {}).unwrap();
        let after = nation.base.db.read(|tx| nation.journal.digests(tx)).unwrap();
        assert_eq!(before, after);
    }
}

/// A cercle of Kayes is validated by the office of Koulikoro: that office sees and awaits it, its
/// own region awaits it no more, and the publication goes over the mark of Koulikoro.
#[test]
fn the_office_of_another_region_validates() {
    let [base, _] = bases();
    let post = Post::open(base, Content::Nothing);
    for list in territory::shipped().unwrap() {
        let draft = journal::Draft {
            audience: journal::Audience::Local,
            scope: "*".to_owned(),
            person: "programme".to_owned(),
            office: String::new(),
            reason: String::new(),
            kind: list.kind.to_owned(),
            subject: list.subject,
            payload: list.payload,
            at_millis: day(TODAY).to_millis(),
        };
        post.base.db.write(|tx| post.journal.append(tx, draft).map(|_| ())).unwrap();
    }
    let (home, other, cercle) = ("ML01", "ML02", "ML0101");
    let ccn = officer(OfficeKind::NationalOfficer, "ML");
    let csr = officer(OfficeKind::RegionalOfficer, other);
    let own = officer(OfficeKind::RegionalOfficer, home);
    let sees = |actor: &identity::Actor| {
        let read = post.base.db.read(|tx| {
            let ground = circuit::ground_of(tx, cercle, quarter(Q))?;
            Ok::<_, Failure>(store::may_read_unpublished(actor, &ground, cercle))
        });
        read.unwrap()
    };
    assert!(!sees(&csr));
    let row = Step { to: other.to_owned(), ..step(Act::Validate, cercle, "30") };
    let wrong = Step { to: "ML0201".to_owned(), ..row.clone() };
    let set = |row: Step| post.act(&ccn, |ctx| circuit::replan(ctx, "ML", &Replan::Add(row), WHY));
    assert_eq!(refused(set(wrong)), Refused::PlanOffice("ML0201".to_owned()));
    set(row).unwrap();
    assert!(sees(&csr) && sees(&own));
    let awaited = |place: &str, of: &str| {
        let read = post.base.db.read(|tx| circuit::passing(tx, place, quarter(of)));
        let it = read.unwrap();
        it.missing.iter().any(|it| it == cercle)
    };
    assert_eq!((awaited(home, Q), awaited(other, Q)), (false, true));
    assert_eq!((awaited(home, "2024T3"), awaited(other, "2024T3")), (true, false));
    let rows = post.base.db.read(|tx| {
        let ground = circuit::ground_of(tx, other, quarter(Q))?;
        circuit::reception(tx, &csr, &ground, quarter(Q), day(TODAY), false)
    });
    let row = rows.unwrap().rows.into_iter().find(|it| it.place == cercle);
    assert!(row.is_some_and(|it| !it.cells.is_empty()));

    // One commune files; the cercle closes without the others.
    let (commune, unit) = post
        .base
        .db
        .read(|tx| {
            let ground = circuit::ground_of(tx, cercle, quarter(Q))?;
            let unit = ground.closes(cercle)[1].to_owned();
            Ok::<_, Failure>((officer(OfficeKind::MunicipalSecretary, &unit), unit))
        })
        .unwrap();
    let cell = monitoring::questionnaire::Questionnaire::shipped()
        .unwrap()
        .cell_of("EDI_SESS_ORD")
        .unwrap();
    let typed = entry::Typed { text: "2".to_owned(), ..entry::Typed::default() };
    post.act(&commune, |ctx| entry::enter(ctx, &unit, quarter(Q), &[(cell, typed)])).unwrap();
    let ccc = officer(OfficeKind::CercleAdviser, cercle);
    let done = post.act(&ccc, |ctx| circuit::close(ctx, cercle, quarter(Q), Some(WHY)));
    done.unwrap();
    let stages = || {
        let read = post.base.db.read(|tx| {
            let ground = circuit::ground_of(tx, &unit, quarter(Q))?;
            let state = store::passages(tx, &ground)?;
            let taken = state.taken(&ground, &unit, quarter(Q));
            Ok::<_, Failure>(
                taken.iter().map(|it| (it.stage, it.place.clone())).collect::<Vec<_>>(),
            )
        });
        read.unwrap()
    };
    let it = |stage, place: &str| (stage, place.to_owned());
    assert_eq!(stages(), [it(Stage::Closed, cercle)]);
    let nothing = post.act(&own, |ctx| circuit::pass_on(ctx, home, quarter(Q), Some(WHY)));
    assert_eq!(refused(nothing), Refused::NothingReceived { quarter: quarter(Q) });
    post.act(&csr, |ctx| circuit::pass_on(ctx, other, quarter(Q), Some(WHY))).unwrap();
    post.act(&ccn, |ctx| circuit::pass_on(ctx, "ML", quarter(Q), Some(WHY))).unwrap();
    assert_eq!(
        stages(),
        [it(Stage::Closed, cercle), it(Stage::Validated, other), it(Stage::Published, "ML")]
    );
}
