//! A yearbook of another service, from the file to the decision, on both engines.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop there")]

mod common;

use common::{Content, Post, TODAY, adviser, day, officer};
use db::testing::Empty;
use identity::OfficeKind;
use journal::{Folds, Journal};
use kernel::{Decimal, Failure, Reject, Stop};
use monitoring::crosscheck::{
    self, About, Column, Decision, Loading, Mapping, Matched, Refused, Standing, Tolerance, Written,
};
use monitoring::questionnaire::{Level, Questionnaire};
use monitoring::store::{self, View};
use std::collections::BTreeMap;
use tables::Limits;

/// A post of the worked example that also keeps cross-checks.
fn open(base: Empty) -> Post {
    let post = Post::open(base, Content::Example);
    let folds =
        Folds::new(vec![territory::fold(), identity::fold(), store::fold(), crosscheck::fold()]);
    let Post { base, journal } = post;
    drop(journal);
    let journal = Journal::open(base.db.clone(), folds).unwrap();
    Post { base, journal }
}

fn mapping(period: &str) -> Mapping {
    let column = |heading: &str, target: &str, factor: &str| Column {
        heading: heading.to_owned(),
        target: target.to_owned(),
        factor: factor.to_owned(),
    };
    Mapping {
        heading: 1,
        place: "Commune".to_owned(),
        level: "commune".to_owned(),
        period: period.to_owned(),
        columns: vec![column("CPN 1", "SAN_CPN1", "1"), column("Accouchements", "SAN_ACC", "10")],
        tolerance: Tolerance { percent: "10".to_owned(), absolute: "1".to_owned() },
        ..Mapping::default()
    }
}

fn taken(text: &str, mapping: &Mapping) -> crosscheck::Taken {
    let book = tables::read(text.as_bytes(), "a.csv", &Limits::default()).unwrap();
    let places: BTreeMap<String, String> =
        ["EX-C1", "EX-C2", "EX-C3"].map(|it| (kernel::search::fold(it), it.to_owned())).into();
    crosscheck::take(Questionnaire::shipped().unwrap(), &book.sheets[0], mapping, &places)
}

fn load(post: &Post, text: &str, mapping: &Mapping) -> Result<String, Stop<Refused>> {
    let taken = taken(text, mapping);
    let places = BTreeMap::from([("ailleurs".to_owned(), String::new())]);
    post.act(&officer(OfficeKind::RegionalOfficer, "EX-REGION"), |ctx| {
        let loading = Loading {
            name: "Annuaire sanitaire 2024",
            place: "EX-REGION",
            file: "a.csv",
            hash: &format!("{text:?}"),
            mapping,
            places: &places,
        };
        crosscheck::load(ctx, &loading, taken)
    })
}

fn gaps(post: &Post, id: &str) -> Vec<crosscheck::Gap> {
    let actor = officer(OfficeKind::RegionalOfficer, "EX-REGION");
    let read = post.base.db.read(|tx| {
        let source = crosscheck::source(tx, id)?.unwrap();
        let ground = store::ground(tx, "EX-REGION", day(TODAY))?.unwrap();
        let values = store::values(tx, &actor, &ground, View::Working)?;
        let decisions = crosscheck::decisions(tx, id)?;
        let questionnaire = Questionnaire::shipped().unwrap();
        Ok::<_, Failure>(crosscheck::compare(questionnaire, &ground, &values, &source, &decisions))
    });
    read.unwrap()
}

#[test]
fn a_yearbook_is_compared_and_decided_about() {
    for base in common::bases() {
        let engine = base.engine;
        let post = open(base);
        // Ours for the quarter: CPN 1 is 180, 91, 305; births assisted 146, 74, 278.
        let text = "Commune;CPN 1;Accouchements\nEX-C1;185;14,6\nEX-C2;120;-\nEX-C3;;n.d.\n";
        let mapping = mapping("2024T4");
        let id = load(&post, text, &mapping).unwrap();
        let told: Vec<(String, String, Standing, Option<Decimal>)> = gaps(&post, &id)
            .iter()
            .map(|it| (it.unit.clone(), it.target.clone(), it.standing, it.percent()))
            .collect();
        let line = |unit: &str, target: &str, standing, percent: Option<&str>| {
            let percent = percent.map(|it| it.parse().unwrap());
            (unit.to_owned(), target.to_owned(), standing, percent)
        };
        let expected = [
            line("EX-C1", "SAN_ACC", Standing::Agrees, Some("0")),
            line("EX-C1", "SAN_CPN1", Standing::Agrees, Some("2.8")),
            line("EX-C2", "SAN_ACC", Standing::OnlyOurs, None),
            line("EX-C2", "SAN_CPN1", Standing::Differs, Some("31.9")),
            line("EX-C3", "SAN_ACC", Standing::OnlyOurs, None),
            line("EX-C3", "SAN_CPN1", Standing::OnlyOurs, None),
        ];
        assert_eq!(told, expected, "{engine}");
        assert!(
            matches!(load(&post, text, &mapping), Err(Stop::Refused(Refused::LoadedBefore))),
            "{engine}"
        );

        let about = About { unit: "EX-C2", period: "2024T4", target: "SAN_CPN1" };
        let decide = |actor: &identity::Actor, decision, why: &str| {
            post.act(actor, |ctx| {
                let source = crosscheck::source(ctx.tx, &id)?.unwrap();
                crosscheck::decide(ctx, &source, &about, decision, why)
            })
        };
        let region = officer(OfficeKind::RegionalOfficer, "EX-REGION");
        let silent = decide(&region, Decision::Keep, "  ");
        assert!(matches!(silent, Err(Stop::Refused(Refused::NoReason))));
        let stranger = officer(OfficeKind::RegionalOfficer, "EX-C1");
        assert!(matches!(decide(&stranger, Decision::Keep, "x"), Err(Stop::Failed(_))));
        decide(&region, Decision::Keep, "Registre vu.").unwrap();
        decide(&region, Decision::Correct, "Le registre dit 120.").unwrap();
        let found = gaps(&post, &id);
        let gap = found.iter().find(|it| it.unit == "EX-C2" && it.target == "SAN_CPN1").unwrap();
        assert_eq!(gap.decided.as_ref().unwrap().decision, "corriger", "the last word counts");
        assert_eq!(gap.ours, Some(91.into()), "nobody changed our figure");
        // The quarter is published: the unit cannot take it up either, and is told so.
        let done = post.act(&adviser(), |ctx| crosscheck::adopt(ctx, &id, &about, "source"));
        let Err(Stop::Refused(rule)) = done else { panic!("{done:?}") };
        assert!(rule.message().key.contains("locked"), "{rule:?}");

        let saved = post.base.db.read(|tx| crosscheck::saved(tx, "annuaire SANITAIRE 2031"));
        assert_eq!(saved.unwrap().unwrap().mapping, mapping);
        let before = post.base.db.read(|tx| crosscheck::decisions(tx, "")).unwrap();
        post.journal.rebuild(&mut |_| {}).unwrap();
        let after = post.base.db.read(|tx| crosscheck::decisions(tx, "")).unwrap();
        assert_eq!(before, after, "{engine}: the tables are the fold");
    }
}

#[test]
fn a_year_of_theirs_is_the_sum_of_our_quarters_and_larger_places_the_sum_of_ours() {
    let [base, _] = common::bases();
    let post = open(base);
    let year = mapping("2024");
    let id = load(&post, "Commune;CPN 1;Accouchements\nEX-C1;1;1\n", &year).unwrap();
    let found = gaps(&post, &id);
    let ours = |unit: &str| found.iter().find(|it| it.unit == unit && it.target == "SAN_CPN1");
    let quarters: Decimal = ["2024T1", "2024T2", "2024T3", "2024T4"]
        .iter()
        .map(|it| {
            let id =
                load(&post, &format!("Commune;CPN 1\nEX-C1;{it}\n").replace(it, "7"), &mapping(it));
            let found = gaps(&post, &id.unwrap());
            found.iter().find(|it| it.unit == "EX-C1").and_then(|it| it.ours)
        })
        .map(Option::unwrap_or_default)
        .sum();
    let whole = ours("EX-C1").and_then(|it| it.ours);
    assert!(whole.is_none() || whole == Some(quarters), "{whole:?} {quarters}");

    let mut cercle = mapping("2024T4");
    cercle.level = "cercle".to_owned();
    let book = tables::read(b"Commune;CPN 1\nEX-CERCLE;576\n", "a", &Limits::default()).unwrap();
    let places = BTreeMap::from([("ex cercle".to_owned(), "EX-CERCLE".to_owned())]);
    let taken =
        crosscheck::take(Questionnaire::shipped().unwrap(), &book.sheets[0], &cercle, &places);
    let id = post
        .act(&officer(OfficeKind::RegionalOfficer, "EX-REGION"), |ctx| {
            let loading = Loading {
                name: "C",
                place: "EX-REGION",
                file: "c",
                hash: "c",
                mapping: &cercle,
                places: &places,
            };
            crosscheck::load(ctx, &loading, taken)
        })
        .unwrap();
    let found = gaps(&post, &id);
    assert_eq!((found[0].ours, found[0].answered), (Some(576.into()), Some((3, 3))));
    assert_eq!(found[0].standing, Standing::Agrees);
}

#[test]
fn a_cell_that_cannot_be_used_refuses_the_file_with_its_place() {
    let mapping = mapping("2024T4");
    let text = "Commune;CPN 1;Accouchements\nEX-C1;douze;12 %\nEX-C2;#REF!;3\nEX-C2;3;4\n\
                Ailleurs;x;y\nTotal;1;2\n";
    let taken = taken(text, &mapping);
    let told: Vec<(u32, &str, &str)> = taken
        .faults
        .iter()
        .map(|it| (it.line, it.column.as_str(), it.message.key.as_str()))
        .collect();
    let expected = [
        (2, "B CPN 1", "crosscheck-not-a-number"),
        (2, "C Accouchements", "crosscheck-percent"),
        (3, "B CPN 1", "crosscheck-not-a-number"),
        (4, "C Accouchements", "crosscheck-twice"),
    ];
    assert_eq!(told, expected);
    assert_eq!((taken.left_out, taken.totals.as_slice()), (1, [6].as_slice()));
    let [base, _] = common::bases();
    let post = open(base);
    let done = load(&post, text, &mapping);
    assert!(matches!(done, Err(Stop::Refused(Refused::Faults(4)))), "{done:?}");
}

#[test]
fn names_are_matched_and_doubts_are_asked() {
    let [base, _] = common::bases();
    let post = open(base);
    let found = post.base.db.read(|tx| {
        let ground = store::ground(tx, "EX-REGION", day(TODAY))?.unwrap();
        let written: Vec<Written> = [
            "Commune d’exemple 1",
            "COMMUNE RURALE D'EXEMPLE 2",
            "ex-c3",
            "Commune d'exmple 3",
            "Bamako",
        ]
        .iter()
        .map(|it| Written { name: (*it).to_owned(), above: String::new() })
        .collect();
        Ok::<_, Failure>(crosscheck::matches(&ground, Level::Commune, &written))
    });
    let told: Vec<String> = found
        .unwrap()
        .into_iter()
        .map(|it| match it {
            Matched::Sure(it) => it.code,
            Matched::Asked(all) => {
                format!("? {}", all.first().map_or("", |it| it.code.as_str()))
            }
        })
        .collect();
    assert_eq!(told, ["EX-C1", "EX-C2", "EX-C3", "? EX-C3", "? "]);
}
