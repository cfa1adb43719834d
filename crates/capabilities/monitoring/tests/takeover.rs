//! A history that another system kept becomes filed returns.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop there")]

mod common;

use common::{Content, Post, bases, expected, officer, quarter};
use identity::{Actor, OfficeKind};
use kernel::{Message, Period, Reject, Stop};
use monitoring::cube::{self, Ask, Measure};
use monitoring::entry::{self, Happening, ImportRefused};
use monitoring::questionnaire::Questionnaire;
use monitoring::store::{self, View};
use monitoring::takeover::{TakenOver, correct, look, look_at_corrections, take_over};
use monitoring::values::example;
use proptest::prelude::*;

const UNITS: [(&str, &str); 4] =
    [("EX-C1", "EX-C1"), ("EX-C2", "EX-C2"), ("EX-C3", "EX-C3"), ("EX-CERCLE", "EX-CERCLE")];

fn taken(post: &Post, text: &str) -> Result<TakenOver, Stop<ImportRefused>> {
    let actor = Actor::program();
    post.act(&actor, |ctx| take_over(ctx, "passe.csv", &mut text.as_bytes(), "Ancienne base"))
}

const HEADING: &str = "element,unite_org,periode,options,valeur\n";

fn correct_by(post: &Post, lines: &str) -> Result<TakenOver, Stop<ImportRefused>> {
    let text = format!("{HEADING}{lines}");
    let actor = Actor::program();
    post.act(&actor, |ctx| {
        correct(ctx, "fautes.csv", &mut text.as_bytes(), "Relevé du cercle, janvier")
    })
}

fn refused(post: &Post, text: &str) -> Message {
    match taken(post, text) {
        Err(Stop::Refused(it)) => it.message(),
        other => panic!("not refused: {other:?}"),
    }
}

fn argument(message: &Message, name: &str) -> String {
    let found = message.arguments.iter().find(|it| it.0 == name);
    found.map(|it| it.1.to_string()).unwrap_or_default()
}

#[test]
fn a_whole_history_gives_the_expected_results_and_twice_changes_nothing() {
    for base in bases() {
        let post = Post::open(base, Content::Nothing);
        let done = taken(&post, example::VALUES).unwrap();
        assert_eq!((done.values, done.same), (example::VALUES.lines().count() - 1, 0));
        let nation = officer(OfficeKind::NationalOfficer, "EX-NATION");
        assert_eq!(post.results(&nation, View::Working, &UNITS), expected(|_| true));
        let again = taken(&post, example::VALUES).unwrap();
        assert_eq!((again.returns, again.same), (0, done.returns));
    }
}

#[test]
fn looking_first_writes_nothing() {
    let post = Post::open(db::testing::sqlite(), Content::Nothing);
    let today = "2025-01-10".parse().unwrap();
    let program = Actor::program();
    let seen = post
        .base
        .db
        .read(|tx| look(tx, &program, today, "passe.csv", &mut example::VALUES.as_bytes()));
    assert!(seen.unwrap().returns > 20);
    let filed = post.base.db.read(|tx| store::filings(tx, "EX-C1", quarter("2024T4"))).unwrap();
    assert!(filed.is_empty());
}

#[test]
fn a_correction_keeps_what_the_file_does_not_name() {
    let post = Post::open(db::testing::sqlite(), Content::Nothing);
    taken(&post, example::VALUES).unwrap();
    let one = "element;unite_org;periode;options;valeur\r\nEDI_DELIB;EX-C1;2024T4;;\"107,0\"\r\n";
    assert_eq!(taken(&post, one).unwrap().returns, 1);
    let filed = post.base.db.read(|tx| store::filings(tx, "EX-C1", quarter("2024T4"))).unwrap();
    let [before, after] = [&filed[0], &filed[1]].map(|it| it.content().unwrap().values);
    assert_eq!(after["2024T4"]["EDI_DELIB"], "107");
    assert_eq!(before["2024T4"].len(), after["2024T4"].len());
}

#[test]
fn the_first_faulty_line_is_named_and_nothing_is_kept() {
    let post = Post::open(db::testing::sqlite(), Content::Nothing);
    let good = "EDI_DELIB,EX-C1,2024T4,,7\n";
    for (bad, key, line, heading) in [
        ("EDI_DELIBX,EX-C1,2024T4,,7", "oise-content-unknown", "3", "element"),
        ("EDI_DELIB,,2024T4,,7", "oise-content-empty", "3", "unite_org"),
        ("EDI_DELIB,EX-C1,2024,,7", "oise-content-not-a-period", "3", "periode"),
        ("EDI_DELIB,EX-C2,2024T4,,sept", "oise-content-value", "3", "valeur"),
        ("EDI_DELIB,EX-C1,2024T4,,8", "oise-content-twice", "3", ""),
        ("DEM_POP,EX-C1,2024,SEXE=F,7", "oise-content-unknown", "3", "options"),
        ("EDI_DELIB,NULLE-PART,2024T4,,7", "import-no-unit", "3", ""),
        ("EDI_DELIB,EX-CERCLE,2024T4,,7", "import-no-unit", "3", ""),
        ("EDI_DELIB,EX-C2,2031T4,,7", "import-not-begun", "3", ""),
        ("EDI_DELIB,EX-C1", "oise-content-unreadable", "3", ""),
    ] {
        let text = format!("element,unite_org,periode,options,valeur\n{good}{bad}\n");
        let it = refused(&post, &text);
        assert_eq!((it.key.as_str(), argument(&it, "line").as_str()), (key, line), "{bad}");
        assert_eq!(argument(&it, "heading"), heading, "{bad}");
    }
    let filed = post.base.db.read(|tx| store::filings(tx, "EX-C1", quarter("2024T4"))).unwrap();
    assert!(filed.is_empty());
    assert_eq!(refused(&post, "element,unite_org\n").key, "oise-content-no-column");
    assert_eq!(refused(&post, "element,unite_org,periode,options,valeur\n").key, "import-empty");
}

#[test]
fn a_quarter_that_was_passed_on_is_locked() {
    let post = Post::open(db::testing::sqlite(), Content::Example);
    let text = "element,unite_org,periode,options,valeur\nEDI_DELIB,EX-C1,2024T3,,99\n";
    assert_eq!(refused(&post, text).key, "import-locked");
}

#[test]
fn a_file_of_corrections_changes_what_it_names_and_shows_in_the_history() {
    for base in bases() {
        let post = Post::open(base, Content::Nothing);
        taken(&post, example::VALUES).unwrap();
        let of = |text: &str| {
            post.base.db.read(|tx| store::filings(tx, "EX-C1", quarter(text))).unwrap()
        };
        let lines = "COO_ACT,EX-C1,2024T4,,7\nCOO_ACT,EX-C1,2024T3,,8\nCOO_ACT,EX-C2,2024T4,,9\n";
        let today = "2025-01-10".parse().unwrap();
        let text = format!("{HEADING}{lines}");
        let seen = post.base.db.read(|tx| {
            let source = &mut text.as_bytes();
            look_at_corrections(tx, &Actor::program(), today, "fautes.csv", source)
        });
        assert_eq!(seen.unwrap().returns, 3);
        assert_eq!(of("2024T4").len(), 1, "looking writes nothing");
        assert_eq!(correct_by(&post, lines).unwrap().returns, 3);
        let all = of("2024T4");
        let [before, after] = [&all[0], &all[1]].map(|it| it.content().unwrap());
        assert_eq!((all.len(), after.values["2024T4"]["COO_ACT"].as_str()), (2, "7"));
        assert!(!all[0].is_correction() && all[1].is_correction());
        let mut expected = before.values.clone();
        expected.get_mut("2024T4").unwrap().insert("COO_ACT".to_owned(), "7".to_owned());
        assert_eq!(after.values, expected, "nothing else moved");
        assert_eq!(of("2024T3")[1].content().unwrap().values["2024T3"]["COO_ACT"], "8");
        // A second one stands on the first.
        correct_by(&post, "COO_ACT_MO,EX-C1,2024T4,,5\n").unwrap();
        let last = of("2024T4").pop().unwrap().content().unwrap();
        let cell = |code: &str| last.values["2024T4"][code].as_str();
        assert_eq!((cell("COO_ACT"), cell("COO_ACT_MO")), ("7", "5"));
        let moments = post.base.db.read(|tx| {
            let held = Questionnaire::shipped().unwrap();
            let cell = held.cell_of("COO_ACT").unwrap();
            entry::history(tx, held, ("EX-C1", quarter("2024T4")), cell)
        });
        let moments = moments.unwrap();
        let told: Vec<_> = moments.iter().map(|it| (it.happening, it.value.as_deref())).collect();
        let expected = [(Happening::Filed, Some("6")), (Happening::Corrected, Some("7"))];
        assert_eq!(told, expected, "{}", post.base.engine);
        let last = moments.last().unwrap();
        assert_eq!((&*last.source, &*last.reason), ("fautes.csv", "Relevé du cercle, janvier"));
        // Where nothing was filed, the correction is the return; another one stands on it.
        correct_by(&post, "COO_ACT,EX-C1,2020T1,,3\n").unwrap();
        correct_by(&post, "COO_ACT_MO,EX-C1,2020T1,,1\n").unwrap();
        let first = of("2020T1");
        let cells = |at: usize| first[at].content().unwrap().values["2020T1"].len();
        assert_eq!((first.len(), cells(0), cells(1)), (2, 1, 2));
        assert!(!first[0].is_correction());
        // What was entered is what the tables are made of.
        let before = of("2024T4");
        post.journal.rebuild(&mut |_| {}).unwrap();
        assert_eq!(of("2024T4"), before);
    }
}

#[test]
fn a_file_of_corrections_is_refused_whole() {
    let post = Post::open(db::testing::sqlite(), Content::Nothing);
    taken(&post, example::VALUES).unwrap();
    let good = "COO_ACT,EX-C1,2024T4,,7\n";
    for (bad, key, line) in [
        ("DEM_SUPERFICIE,EX-C1,2024,,7", "import-yearly-correction", "3"),
        ("COO_ACT,NULLE-PART,2024T4,,7", "import-no-unit", "3"),
        ("COO_ACT,EX-CERCLE,2024T4,,7", "import-no-unit", "3"),
        ("COO_ACT,EX-C2,2031T4,,7", "import-not-begun", "3"),
    ] {
        match correct_by(&post, &format!("{good}{bad}\n")) {
            Err(Stop::Refused(it)) => {
                let it = it.message();
                assert_eq!((it.key.as_str(), argument(&it, "line").as_str()), (key, line), "{bad}");
            }
            other => panic!("not refused: {other:?}"),
        }
    }
    let filed = post.base.db.read(|tx| store::filings(tx, "EX-C1", quarter("2024T4"))).unwrap();
    assert_eq!(filed.len(), 1);
    let post = Post::open(db::testing::sqlite(), Content::Example);
    let stopped = correct_by(&post, "COO_ACT,EX-C1,2024T3,,99\n");
    let Err(Stop::Refused(it)) = stopped else { panic!("not refused: {stopped:?}") };
    assert_eq!(it.message().key, "import-locked");
}

#[test]
fn a_correction_that_comes_before_its_return_waits_for_it() {
    let post = || Post::open(db::testing::sqlite(), Content::Nothing);
    let (cercle, region, here) = (post(), post(), post());
    taken(&cercle, example::VALUES).unwrap();
    cercle.send_to(&region);
    correct_by(&region, "COO_ACT,EX-C1,2024T4,,7\nCOO_ACT,EX-C2,2024T4,,8\n").unwrap();
    // Here the corrections of the region are learned before the returns that they are of.
    region.send_own_to(&here);
    assert!(
        here.base.db.read(|tx| store::filings(tx, "EX-C1", quarter("2024T4"))).unwrap().is_empty()
    );
    here.base.db.read(cube::figures).unwrap();
    cercle.send_to(&here);
    let there = region;
    let told = |post: &Post| {
        let filed = post.base.db.read(|tx| store::filings(tx, "EX-C1", quarter("2024T4"))).unwrap();
        filed.iter().map(|it| (it.mark.clone(), it.content().unwrap())).collect::<Vec<_>>()
    };
    assert_eq!(told(&here), told(&there));
    let nation = officer(OfficeKind::NationalOfficer, "EX-NATION");
    let results = |it: &Post| it.results(&nation, View::Filed, &UNITS);
    assert_eq!(results(&here), results(&there));
    let value = |post: &Post| {
        let figures = post.base.db.read(cube::figures).unwrap();
        let measure = Measure::element(figures.questionnaire(), "COO_ACT").unwrap();
        let ask = Ask {
            measures: vec![measure],
            places: vec!["EX-C1".to_owned(), "EX-NATION".to_owned()],
            periods: vec![Period::Quarter(quarter("2024T4"))],
            ..Ask::default()
        };
        let answer = figures.answer(&Actor::program(), &ask).unwrap();
        answer.iter().map(|it| it.3.value).collect::<Vec<_>>()
    };
    assert_eq!(value(&here)[0], Some(7.into()));
    assert_eq!(value(&here), value(&there));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(6))]

    #[test]
    fn the_order_of_the_lines_does_not_matter(seed in any::<u64>()) {
        let (head, rest) = example::VALUES.split_once('\n').unwrap();
        let mut lines: Vec<&str> = rest.lines().filter(|it| it.contains(",EX-C2,")).collect();
        let sorted = format!("{head}\n{}\n", lines.join("\n"));
        lines.sort_by_key(|it| blake3::hash(format!("{seed}{it}").as_bytes()).to_hex().to_string());
        let shuffled = format!("{head}\n{}\n", lines.join("\n"));
        let post = Post::open(db::testing::sqlite(), Content::Nothing);
        let done = taken(&post, &shuffled).unwrap();
        let again = taken(&post, &sorted).unwrap();
        prop_assert_eq!((again.returns, again.same), (0, done.returns));
    }
}

#[test]
fn a_history_taken_over_keeps_what_a_person_was_typing() {
    let post = Post::open(db::testing::sqlite(), Content::Nothing);
    let cell = Questionnaire::shipped().unwrap().cell_of("EDI_DELIB").unwrap();
    let owner = officer(OfficeKind::MunicipalSecretary, "EX-C1");
    let type_in = |text: &str| {
        let typed = entry::Typed { text: text.to_owned(), ..entry::Typed::default() };
        let done =
            post.act(&owner, |ctx| entry::enter(ctx, "EX-C1", quarter("2024T4"), &[(cell, typed)]));
        done.unwrap();
    };
    let drafts = || post.base.db.read(|tx| store::drafts(tx, "EX-C1")).unwrap();
    type_in("9");
    taken(&post, &format!("{HEADING}EDI_DELIB,EX-C1,2024T4,,7\n")).unwrap();
    assert_eq!(drafts().iter().filter_map(|it| it.value.clone()).collect::<Vec<_>>(), ["9"]);
    // What says the same as the file is typed no more.
    taken(&post, &format!("{HEADING}EDI_DELIB,EX-C1,2024T4,,9\n")).unwrap();
    assert!(drafts().is_empty());
}
