//! A history that another system kept becomes filed returns.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop there")]

mod common;

use common::{Content, Post, bases, expected, officer, quarter};
use identity::{Actor, OfficeKind};
use kernel::{Message, Reject, Stop};
use monitoring::entry::ImportRefused;
use monitoring::store::{self, View};
use monitoring::takeover::{TakenOver, look, take_over};
use monitoring::values::example;
use proptest::prelude::*;

const UNITS: [(&str, &str); 4] =
    [("EX-C1", "EX-C1"), ("EX-C2", "EX-C2"), ("EX-C3", "EX-C3"), ("EX-CERCLE", "EX-CERCLE")];

fn taken(post: &Post, text: &str) -> Result<TakenOver, Stop<ImportRefused>> {
    let actor = Actor::program();
    post.act(&actor, |ctx| take_over(ctx, "passe.csv", &mut text.as_bytes(), "Ancienne base"))
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
