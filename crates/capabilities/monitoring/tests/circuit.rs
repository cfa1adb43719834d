//! A quarter from the keyboard of the cercle to the public page, over three posts and two engines.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop there")]

mod common;

use common::{
    Content, Post, TODAY, adviser, bases, day, expected, last_quarter, officer, quarter, secretary,
};
use identity::{Actor, OfficeKind};
use kernel::{Failure, Stop};
use monitoring::circuit::{self, Refused};
use monitoring::entry;
use monitoring::questionnaire::{CellId, Questionnaire};
use monitoring::store::{self, Stage, View};

const Q: &str = "2024T4";
const WHY: &str = "Vérifié sur les registres.";

fn cell(text: &str) -> CellId {
    Questionnaire::shipped().unwrap().cell_of(text).unwrap()
}

fn refused<T: std::fmt::Debug>(done: Result<T, Stop<Refused>>) -> Refused {
    match done {
        Err(Stop::Refused(it)) => it,
        other => panic!("not refused: {other:?}"),
    }
}

fn denied<T: std::fmt::Debug, R: std::fmt::Debug>(done: Result<T, Stop<R>>) {
    assert!(matches!(done, Err(Stop::Failed(Failure::Denied(_)))), "{done:?}");
}

fn import(post: &Post, actor: &Actor) -> entry::Taken {
    post.act(actor, |ctx| entry::import(ctx, "valeurs.csv", &last_quarter(), None)).unwrap()
}

/// The alerts of the cercle, by rule and unit.
fn alerts(post: &Post, actor: &Actor) -> Vec<(String, String)> {
    let found = post.base.db.read(|tx| {
        let ground = circuit::ground_of(tx, "EX-CERCLE", quarter(Q))?;
        circuit::doubts(tx, actor, &ground, quarter(Q))
    });
    let found = found.unwrap().into_iter().filter(|it| it.is_open());
    found.map(|it| (it.rule, it.alert.unit)).collect()
}

fn answer_all(post: &Post, actor: &Actor) {
    for (rule, unit) in alerts(post, actor) {
        post.act(actor, |ctx| circuit::answer(ctx, &unit, quarter(Q), &rule, WHY)).unwrap();
    }
}

fn close(post: &Post, actor: &Actor) -> Result<journal::Entry, Stop<Refused>> {
    post.act(actor, |ctx| circuit::close(ctx, "EX-CERCLE", quarter(Q), None))
}

fn pass_on(
    post: &Post,
    actor: &Actor,
    place: &str,
    without: Option<&str>,
) -> Result<journal::Entry, Stop<Refused>> {
    post.act(actor, |ctx| circuit::pass_on(ctx, place, quarter(Q), without))
}

#[test]
fn a_quarter_goes_from_the_cercle_to_the_public() {
    let posts = bases().into_iter().zip(bases()).zip(bases());
    for ((cercle, region), nation) in posts {
        let [cercle, region, nation] =
            [cercle, region, nation].map(|it| Post::open(it, Content::Exercise));
        let engine = cercle.base.engine;
        let adviser = adviser();

        // The file of the quarter: yearly values that were filed with the quarters before are the
        // same, the school year's are new.
        let taken = import(&cercle, &adviser);
        assert!(0 < taken.new && taken.changed == 0 && 0 < taken.same, "{engine}: {taken:?}");
        let again = import(&cercle, &adviser);
        assert_eq!((again.new, again.changed), (0, 0), "twice changes nothing");

        // Exactly the six alerts of the example.
        let expected_alerts: Vec<(String, String)> = monitoring::values::example::ALERTS
            .lines()
            .skip(1)
            .map(|it| it.split(',').collect::<Vec<_>>())
            .map(|it| (it[0].to_owned(), it[1].to_owned()))
            .collect();
        assert_eq!(alerts(&cercle, &adviser), expected_alerts, "{engine}");
        let stop = refused(close(&cercle, &adviser));
        assert_eq!(stop, Refused::Unanswered { quarter: quarter(Q), count: 6 });
        answer_all(&cercle, &adviser);
        close(&cercle, &adviser).unwrap();
        assert!(matches!(refused(close(&cercle, &adviser)), Refused::Already { .. }));

        // Locked: neither the keyboard nor a file goes past it.
        let typed = (cell("EDI_SESS_ORD"), entry::Typed::default());
        let stop = cercle.act(&adviser, |ctx| entry::enter(ctx, "EX-C1", quarter(Q), &[typed]));
        let Err(Stop::Refused(refusals)) = stop else { panic!("{stop:?}") };
        assert!(matches!(refusals.0[0].1, entry::CellRefused::Circuit(Refused::Locked { .. })));
        let text = "element,unite_org,periode,options,valeur\nEDI_SESS_ORD,EX-C1,2024T4,,4\n";
        let stop = cercle.act(&adviser, |ctx| entry::import(ctx, "v.csv", text, None));
        assert!(
            matches!(stop, Err(Stop::Refused(entry::ImportRefused::Locked { line: 2, .. }))),
            "{stop:?}"
        );

        // The region learns it, and sees the cercle's results; the public sees nothing yet.
        let units: Vec<(&str, &str)> =
            ["EX-C1", "EX-C2", "EX-C3", "EX-CERCLE"].map(|it| (it, it)).to_vec();
        let csr = officer(OfficeKind::RegionalOfficer, "EX-REGION");
        let stop = refused(pass_on(&region, &csr, "EX-REGION", None));
        assert_eq!(stop, Refused::NothingReceived { quarter: quarter(Q) });
        cercle.send_to(&region);
        assert_eq!(region.results(&csr, View::Filed, &units), expected(|_| true), "{engine}");
        pass_on(&region, &csr, "EX-REGION", None).unwrap();
        assert!(matches!(
            refused(pass_on(&region, &csr, "EX-REGION", None)),
            Refused::Already { .. }
        ));

        cercle.send_to(&nation);
        let ccn = officer(OfficeKind::NationalOfficer, "EX-NATION");
        let stop = refused(pass_on(&nation, &ccn, "EX-NATION", None));
        assert_eq!(stop, Refused::NothingReceived { quarter: quarter(Q) });
        region.send_to(&nation);
        let public = Actor::anonymous();
        assert_ne!(nation.results(&public, View::Working, &units), expected(|_| true));
        pass_on(&nation, &ccn, "EX-NATION", None).unwrap();

        // At each level, to the character: communes and cercle, region, nation.
        assert_eq!(nation.results(&public, View::Published, &units), expected(|_| true));
        for place in ["EX-REGION", "EX-NATION"] {
            assert_eq!(
                nation.results(&public, View::Published, &[(place, "EX-CERCLE")]),
                expected(|it| it == "EX-CERCLE"),
                "{engine}: {place}"
            );
        }
        let reasons = nation.base.db.read(|tx| {
            let ground = circuit::ground_of(tx, "EX-C3", quarter(Q))?;
            store::answers(tx, &public, &ground, "EX-C3", quarter(Q))
        });
        assert_eq!(reasons.unwrap()["V018"].reason, WHY, "the reason travels with the figure");

        what_became_of_it_comes_back(&cercle, &region, &nation);
        for post in [cercle, region, nation] {
            let before = post.base.db.read(|tx| post.journal.digests(tx)).unwrap();
            post.journal.rebuild(&mut |_| {}).unwrap();
            let after = post.base.db.read(|tx| post.journal.digests(tx)).unwrap();
            assert_eq!(before, after, "{engine}: rebuilt from the journal");
        }
    }
}

/// The marks of the region and of the nation travel down to the cercle, and to its neighbours
/// without a value.
fn what_became_of_it_comes_back(cercle: &Post, region: &Post, nation: &Post) {
    let taken = |post: &Post, unit: &str| {
        let found = post.base.db.read(|tx| {
            let ground = circuit::ground_of(tx, unit, quarter(Q))?;
            let state = store::passages(tx, &ground)?;
            let taken = state.taken(&ground, unit, quarter(Q));
            Ok::<_, Failure>(taken.into_iter().map(|it| it.stage).collect::<Vec<_>>())
        });
        found.unwrap()
    };
    let all = [Stage::Closed, Stage::Validated, Stage::Published];
    assert_eq!(taken(cercle, "EX-CERCLE"), all[..1]);
    region.send_down_to(cercle);
    assert_eq!(taken(cercle, "EX-C1"), all[..2]);
    nation.send_down_to(region);
    region.send_down_to(cercle);
    for (post, unit) in [(cercle, "EX-CERCLE"), (cercle, "EX-C3"), (region, "EX-CERCLE")] {
        assert_eq!(taken(post, unit), all, "{unit}");
    }
    let [neighbour, _] = bases();
    let neighbour = Post::open(neighbour, Content::Nothing);
    let units = [("EX-C1", "EX-C1"), ("EX-CERCLE", "EX-CERCLE")];
    let seen = || neighbour.results(&adviser(), View::Working, &units);
    let before = seen();
    region.send_down_to(&neighbour);
    assert_eq!(seen(), before, "marks hold no values");
    assert_eq!(taken(&neighbour, "EX-C1"), [], "what it does not hold was not passed on there");
}

#[test]
fn a_late_cercle_goes_on_although_its_region_validated_without_it() {
    let [base, other] = bases();
    let late = Post::open(base, Content::Exercise);
    let region = Post::open(other, Content::Exercise);
    let adviser = adviser();
    let csr = officer(OfficeKind::RegionalOfficer, "EX-REGION");
    // The region's step, as if another of its cercles had closed.
    let passed = store::QuarterPassed {
        place: "EX-REGION".to_owned(),
        quarter: Q.to_owned(),
        day: day(TODAY),
        received: Vec::new(),
        missing: vec!["EX-CERCLE".to_owned()],
        covers: std::collections::BTreeMap::new(),
        under: None,
    };
    let told = region.act(&csr, |ctx| {
        Ok::<_, Stop<Refused>>(ctx.record(identity::Fact {
            kind: store::QUARTER_VALIDATED,
            subject: "EX-REGION/2024T4",
            audience: journal::Audience::Nomenclature,
            scope: "EX-REGION",
            reason: WHY,
            payload: &passed,
        })?)
    });
    told.unwrap();
    region.send_down_to(&late);
    import(&late, &adviser);
    answer_all(&late, &adviser);
    close(&late, &adviser).unwrap();
    let furthest = late.base.db.read(|tx| {
        let ground = circuit::ground_of(tx, "EX-C1", quarter(Q))?;
        let state = store::passages(tx, &ground)?;
        Ok::<_, Failure>(state.furthest(&ground, "EX-C1", quarter(Q)).map(|it| it.stage))
    });
    assert_eq!(furthest.unwrap(), Some(Stage::Closed));
}

#[test]
fn the_shipped_example_is_public_and_its_results_are_those_expected() {
    for base in bases() {
        let post = Post::open(base, Content::Example);
        let public = Actor::anonymous();
        let units: Vec<(&str, &str)> =
            ["EX-C1", "EX-C2", "EX-C3", "EX-CERCLE"].map(|it| (it, it)).to_vec();
        assert_eq!(post.results(&public, View::Working, &units), expected(|_| true));
        post.base
            .db
            .read(|tx| {
                for (place, stage) in [
                    ("EX-CERCLE", Stage::Closed),
                    ("EX-REGION", Stage::Validated),
                    ("EX-NATION", Stage::Published),
                ] {
                    let state = store::state(tx, place, quarter(Q))?.unwrap();
                    assert_eq!(state.stage, stage);
                    assert_eq!(store::state(tx, place, quarter("2025T1"))?, None);
                }
                let ground = circuit::ground_of(tx, "EX-NATION", quarter(Q))?;
                let returns = store::returns(tx, &public, &ground, View::Published, quarter(Q))?;
                let count = |unit: &str| (returns[unit].on_time, returns[unit].expected);
                assert_eq!((count("EX-C1"), count("EX-CERCLE")), ((9, 9), (2, 2)));
                Ok::<_, Failure>(())
            })
            .unwrap();
    }
}

#[test]
fn each_step_belongs_to_its_office_and_place() {
    let [base, _] = bases();
    let post = Post::open(base, Content::Exercise);
    let adviser = adviser();
    import(&post, &adviser);
    let elsewhere = officer(OfficeKind::CercleAdviser, "ML0205");
    let csr = officer(OfficeKind::RegionalOfficer, "EX-REGION");
    let ccn = officer(OfficeKind::NationalOfficer, "EX-NATION");
    for actor in [&elsewhere, &csr, &ccn, &secretary("EX-C1"), &Actor::anonymous()] {
        denied(close(&post, actor));
    }
    denied(post.act(&elsewhere, |ctx| circuit::submit(ctx, "EX-C1", quarter(Q))));
    denied(post.act(&secretary("EX-C2"), |ctx| entry::enter(ctx, "EX-C1", quarter(Q), &[])));
    let stop = post.act(&elsewhere, |ctx| entry::import(ctx, "valeurs.csv", &last_quarter(), None));
    let Err(Stop::Refused(entry::ImportRefused::OtherPlace { line, .. })) = stop else {
        panic!("{stop:?}")
    };
    assert_eq!(line, 2, "the first line of another office's unit");

    // A warning is explained by the commune; a blocking alert is maintained by the adviser alone.
    let secretary = secretary("EX-C1");
    post.act(&secretary, |ctx| circuit::answer(ctx, "EX-C1", quarter(Q), "V011", WHY)).unwrap();
    let of_c3 = common::secretary("EX-C3");
    let v018 = |actor: &Actor, why: &str| {
        post.act(actor, |ctx| circuit::answer(ctx, "EX-C3", quarter(Q), "V018", why))
    };
    denied(v018(&of_c3, WHY));
    assert_eq!(refused(v018(&adviser, " . ")), Refused::NoReason);
    assert!(matches!(
        refused(post.act(&of_c3, |ctx| circuit::submit(ctx, "EX-C3", quarter(Q)))),
        Refused::Unanswered { count: 4, .. }
    ));
    let none = post.act(&adviser, |ctx| circuit::answer(ctx, "EX-C1", quarter(Q), "V018", WHY));
    assert_eq!(refused(none), Refused::NoAlert("V018".to_owned()));
    v018(&adviser, WHY).unwrap();
    answer_all(&post, &adviser);
    denied(pass_on(&post, &adviser, "EX-REGION", None));
    close(&post, &adviser).unwrap();
    denied(pass_on(&post, &ccn, "EX-REGION", None));
    pass_on(&post, &csr, "EX-REGION", None).unwrap();
    denied(pass_on(&post, &csr, "EX-NATION", None));
    pass_on(&post, &ccn, "EX-NATION", None).unwrap();
}

#[test]
fn what_another_office_types_is_not_seen() {
    let [base, _] = bases();
    let post = Post::open(base, Content::Exercise);
    import(&post, &adviser());
    let units: Vec<(&str, &str)> = ["EX-C1", "EX-CERCLE"].map(|it| (it, it)).to_vec();
    let seen = |actor: &Actor| post.results(actor, View::Working, &units);
    assert_eq!(seen(&adviser()), expected(|it| it == "EX-C1" || it == "EX-CERCLE"));
    let elsewhere = officer(OfficeKind::CercleAdviser, "ML0205");
    assert_eq!(seen(&elsewhere), seen(&Actor::anonymous()));
    assert_ne!(seen(&elsewhere), seen(&adviser()));
    // A commune sees its own, and of the others what is public.
    let own = post.results(&secretary("EX-C1"), View::Working, &[("EX-C1", "EX-C1")]);
    assert_eq!(own, expected(|it| it == "EX-C1"));
}

#[test]
fn a_commune_files_and_the_cercle_closes_without_the_missing_one() {
    let [base, _] = bases();
    let post = Post::open(base, Content::Exercise);
    let adviser = adviser();
    let only = |keep: &str| -> String {
        let text = last_quarter();
        let keep = |it: &&str| it.starts_with("element") || it.contains(keep);
        text.lines().filter(keep).map(|it| format!("{it}\n")).collect()
    };
    let empty =
        post.act(&secretary("EX-C1"), |ctx| circuit::submit(ctx, "EX-C1", quarter("2025T1")));
    assert!(matches!(refused(empty), Refused::Empty { .. }));
    for keep in ["EX-C1", "EX-CERCLE"] {
        post.act(&adviser, |ctx| entry::import(ctx, "v.csv", &only(keep), None)).unwrap();
    }
    let receipt =
        post.act(&secretary("EX-C1"), |ctx| circuit::submit(ctx, "EX-C1", quarter(Q))).unwrap();
    assert_eq!((receipt.day, receipt.mark.len()), (day(TODAY), 16));
    let left = post.base.db.read(|tx| store::drafts(tx, "EX-C1")).unwrap();
    assert_eq!(left, [], "what was filed is no longer a draft");
    answer_all(&post, &adviser);
    let stop = refused(close(&post, &adviser));
    assert_eq!(stop, Refused::Missing { quarter: quarter(Q), count: 2 });
    let why = Some("Deux secrétaires absents.");
    let close = |why| post.act(&adviser, |ctx| circuit::close(ctx, "EX-CERCLE", quarter(Q), why));
    assert_eq!(refused(close(Some(""))), Refused::NoReason);
    close(why).unwrap();
    let state = post.base.db.read(|tx| store::state(tx, "EX-CERCLE", quarter(Q))).unwrap();
    let state = state.unwrap();
    assert_eq!(state.missing, ["EX-C2", "EX-C3"]);
    assert_eq!(Some(state.reason.as_str()), why);
}

#[test]
fn figures_go_back_to_their_commune_until_they_change() {
    for base in bases() {
        let post = Post::open(base, Content::Exercise);
        let adviser = adviser();
        import(&post, &adviser);
        answer_all(&post, &adviser);
        let ask = |actor: &Actor, unit: &str, why: &str| {
            post.act(actor, |ctx| circuit::send_back(ctx, unit, quarter(Q), "V018", why))
        };
        let withdraw = |actor: &Actor| {
            post.act(actor, |ctx| circuit::withdraw(ctx, "EX-C3", quarter(Q), "V018"))
        };
        let why = "Revoyez le registre des accouchements.";
        for actor in [&secretary("EX-C3"), &officer(OfficeKind::CercleAdviser, "ML0205")] {
            denied(ask(actor, "EX-C3", why));
        }
        assert_eq!(refused(ask(&adviser, "EX-C3", " ")), Refused::NoReason);
        assert_eq!(refused(ask(&adviser, "EX-C3", &"é".repeat(2001))), Refused::LongReason);
        assert_eq!(refused(ask(&adviser, "EX-C2", why)), Refused::NoAlert("V018".to_owned()));
        assert!(matches!(refused(ask(&adviser, "EX-CERCLE", why)), Refused::NotHere(_)));
        assert_eq!(refused(withdraw(&adviser)), Refused::NoAlert("V018".to_owned()));

        let entry = ask(&adviser, "EX-C3", why).unwrap();
        let told = (entry.audience, entry.scope.as_str(), entry.reason.as_str());
        assert_eq!(told, (journal::Audience::Territory, "EX-C3", why));
        let seen = |actor: &Actor| {
            let found = post.base.db.read(|tx| {
                let ground = circuit::ground_of(tx, "EX-C3", quarter(Q))?;
                circuit::doubts(tx, actor, &ground, quarter(Q))
            });
            let found = found.unwrap().into_iter().filter_map(|it| it.sent_back);
            found.map(|it| it.reason).collect::<Vec<_>>()
        };
        assert_eq!(seen(&secretary("EX-C3")), [why]);
        let unanswered = Refused::Unanswered { quarter: quarter(Q), count: 1 };
        assert_eq!(refused(close(&post, &adviser)), unanswered);
        denied(withdraw(&secretary("EX-C3")));
        withdraw(&adviser).unwrap();
        assert!(seen(&adviser).is_empty());

        // Asked again; the commune corrects, and nothing is asked any more.
        ask(&adviser, "EX-C3", why).unwrap();
        let cell = cell("SAN_ACC");
        let typed = (cell, entry::Typed { text: "260".to_owned(), ..entry::Typed::default() });
        // The adviser brought the file: the commune first takes that draft over.
        let commune = secretary("EX-C3");
        let taken: Result<usize, Stop<Failure>> =
            post.act(&commune, |ctx| Ok(entry::take_over(ctx, ("EX-C3", quarter(Q), "J04"))?));
        assert!(0 < taken.unwrap());
        let done = post.act(&commune, |ctx| {
            entry::enter(ctx, "EX-C3", quarter(Q), std::slice::from_ref(&typed))
        });
        assert_eq!(done.unwrap(), 1);
        assert!(seen(&adviser).is_empty(), "the figures are others");
        let before = post.base.db.read(|tx| post.journal.digests(tx)).unwrap();
        post.journal.rebuild(&mut |_| {}).unwrap();
        let after = post.base.db.read(|tx| post.journal.digests(tx)).unwrap();
        assert_eq!(before, after);
        answer_all(&post, &adviser);
        close(&post, &adviser).unwrap();
        assert!(matches!(refused(ask(&adviser, "EX-C3", why)), Refused::Locked { .. }));
    }
}

#[test]
fn a_quarter_is_closed_when_it_is_over() {
    let [base, _] = bases();
    let post = Post::open(base, Content::Example);
    let adviser = adviser();
    for (text, expected) in [
        ("2025T1", Refused::NotOver { quarter: quarter("2025T1") }),
        ("2025T2", Refused::NotOver { quarter: quarter("2025T2") }),
    ] {
        let done = post.act(&adviser, |ctx| circuit::close(ctx, "EX-CERCLE", quarter(text), None));
        assert_eq!(refused(done), expected);
    }
    let typed = (cell("EDI_SESS_ORD"), entry::Typed::default());
    let done = post.act(&adviser, |ctx| entry::enter(ctx, "EX-C1", quarter("2025T2"), &[typed]));
    let Err(Stop::Refused(refusals)) = done else { panic!("{done:?}") };
    assert!(matches!(refusals.0[0].1, entry::CellRefused::Circuit(Refused::NotBegun { .. })));
}
