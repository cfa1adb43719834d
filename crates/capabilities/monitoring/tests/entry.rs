//! Cells typed one by one, and files.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop there")]

mod common;

use common::{Content, Post, adviser, bases, last_quarter, quarter, secretary};
use identity::Actor;
use kernel::{Failure, Language, Reject, Stop};
use monitoring::circuit;
use monitoring::entry::{self, CellRefused, Happening, ImportRefused, Typed};
use monitoring::questionnaire::{CellId, Questionnaire, Tier};
use monitoring::store::{self, View};
use proptest::prelude::*;

const Q: &str = "2024T4";

fn cell(text: &str) -> CellId {
    Questionnaire::shipped().unwrap().cell_of(text).unwrap()
}

fn typed(text: &str) -> Typed {
    Typed { text: text.to_owned(), ..Typed::default() }
}

fn enter(post: &Post, cells: &[(&str, Typed)]) -> Result<usize, Stop<entry::Refusals>> {
    static SECRETARY: std::sync::OnceLock<Actor> = std::sync::OnceLock::new();
    enter_as(post, SECRETARY.get_or_init(|| secretary("EX-C1")), cells)
}

fn enter_as(
    post: &Post,
    actor: &Actor,
    cells: &[(&str, Typed)],
) -> Result<usize, Stop<entry::Refusals>> {
    let cells: Vec<_> = cells.iter().map(|(it, typed)| (cell(it), typed.clone())).collect();
    post.act(actor, |ctx| entry::enter(ctx, "EX-C1", quarter(Q), &cells))
}

fn held(post: &Post, code: &str) -> Option<String> {
    let read = post.base.db.read(|tx| {
        let ground = monitoring::circuit::ground_of(tx, "EX-C1", quarter(Q))?;
        let values = store::values(tx, &adviser(), &ground, View::Working)?;
        let period = kernel::Period::Quarter(quarter(Q));
        Ok::<_, Failure>(values.get("EX-C1", period, cell(code)).map(ToString::to_string))
    });
    read.unwrap()
}

#[test]
fn a_cell_is_typed_emptied_and_explained() {
    for base in bases() {
        let post = Post::open(base, Content::Exercise);
        let engine = post.base.engine;
        for (text, changed, expected) in [
            ("", 0, None),
            ("1 234", 1, Some("1234")),
            ("1234,0", 0, Some("1234")),
            ("0", 1, Some("0")),
            ("NSP", 1, Some("NSP")),
            ("?", 0, Some("NSP")),
            ("", 1, None),
        ] {
            let done = enter(&post, &[("SAN_CPN1", typed(text))]).unwrap();
            assert_eq!(done, changed, "{engine}: {text:?}");
            assert_eq!(held(&post, "SAN_CPN1").as_deref(), expected, "{engine}: {text:?}");
        }
        let said = Typed { comment: Some("registre perdu".to_owned()), ..typed("12") };
        assert_eq!(enter(&post, &[("SAN_CPN1", said)]).unwrap(), 1);
        assert_eq!(enter(&post, &[("SAN_CPN1", typed("13"))]).unwrap(), 1);
        let sheet = post.base.db.read(|tx| {
            let at = ("EX-C1", quarter(Q), "J04");
            entry::sheet(tx, &secretary("EX-C1"), at, Tier::Core, Language::French)
        });
        let sheet = sheet.unwrap().unwrap();
        let row = sheet.row("SAN_CPN1").unwrap();
        assert_eq!((row.value.as_str(), row.comment.as_str()), ("13", "registre perdu"));
        assert!(!row.last.is_empty(), "the quarter before is in grey");
        assert_eq!(sheet.completeness.filled, 1);
    }
}

#[test]
fn a_form_is_taken_whole_or_not_at_all() {
    let [base, _] = bases();
    let post = Post::open(base, Content::Exercise);
    let done = enter(
        &post,
        &[
            ("SAN_CPN1", typed("12")),
            ("SAN_RUPT", typed("douze")),
            ("EDI_SIEGES", typed("3")),
            ("CCC_CT", typed("1")),
        ],
    );
    let Err(Stop::Refused(refusals)) = done else { panic!("{done:?}") };
    let keys: Vec<String> = refusals.0.iter().map(|(_, it)| it.message().key).collect();
    assert_eq!(keys, ["oise-value-not-a-number", "oise-value-too-small", "entry-no-cell"]);
    assert_eq!(held(&post, "SAN_CPN1"), None, "nothing was written");
}

#[test]
fn two_people_on_one_cell_are_told() {
    let [base, _] = bases();
    let post = Post::open(base, Content::Exercise);
    let shown = |text: &str, before: &str| Typed { before: Some(before.to_owned()), ..typed(text) };
    enter(&post, &[("SAN_CPN1", shown("22", ""))]).unwrap();
    // The other page still shows an empty cell.
    let done = enter(&post, &[("SAN_CPN1", shown("24", ""))]);
    let Err(Stop::Refused(refusals)) = done else { panic!("{done:?}") };
    assert!(matches!(&refusals.0[0].1, CellRefused::Changed { theirs, .. } if theirs == "22"));
    // The same answer twice is no conflict, and a page that shows the value may change it.
    assert_eq!(enter(&post, &[("SAN_CPN1", shown("22", ""))]).unwrap(), 0);
    assert_eq!(enter(&post, &[("SAN_CPN1", shown("24", "22"))]).unwrap(), 1);
}

#[test]
fn a_draft_is_of_its_person_until_another_takes_it_over() {
    for base in bases() {
        let post = Post::open(base, Content::Exercise);
        let (first, second) = (secretary("EX-C1"), adviser());
        enter_as(&post, &first, &[("SAN_CPN1", typed("22"))]).unwrap();
        let sheet = |actor: &Actor| {
            let at = ("EX-C1", quarter(Q), "J04");
            let read =
                post.base.db.read(|tx| entry::sheet(tx, actor, at, Tier::Core, Language::French));
            read.unwrap().unwrap()
        };
        assert!(sheet(&first).is_open() && !sheet(&second).is_open());
        assert_eq!(sheet(&second).theirs[0].cells, 1);
        let done = enter_as(&post, &second, &[("SAN_CPN1", typed("23"))]);
        let Err(Stop::Refused(refusals)) = done else { panic!("{done:?}") };
        assert!(matches!(refusals.0[0].1, CellRefused::Theirs { .. }));
        assert_eq!(held(&post, "SAN_CPN1").as_deref(), Some("22"));
        // Taking over is an act of its own, and turns the draft into the other person's.
        let take = |actor: &Actor| -> Result<usize, Stop<Failure>> {
            post.act(actor, |ctx| Ok(entry::take_over(ctx, ("EX-C1", quarter(Q), "J04"))?))
        };
        assert_eq!(take(&second).unwrap(), 1);
        assert_eq!(take(&second).unwrap(), 0, "nothing more is another's");
        assert!(sheet(&second).is_open() && !sheet(&first).is_open());
        enter_as(&post, &second, &[("SAN_CPN1", typed("23"))]).unwrap();
        assert!(take(&secretary("EX-C2")).is_err(), "not a stranger");
    }
}

#[test]
fn a_cell_remembers_every_value_with_who_and_from_where() {
    for base in bases() {
        let post = Post::open(base, Content::Exercise);
        let secretary = secretary("EX-C1");
        let with = |text: &str, source: &str| Typed {
            comment: Some("compté deux fois".to_owned()),
            source: Some(source.to_owned()),
            ..typed(text)
        };
        let register = "registre du CSCOM, 31/12/2024";
        enter_as(&post, &secretary, &[("SAN_CPN1", with("22", register))]).unwrap();
        enter_as(&post, &secretary, &[("SAN_CPN1", typed("NSP"))]).unwrap();
        enter_as(&post, &secretary, &[("SAN_CPN1", typed(""))]).unwrap();
        enter_as(&post, &secretary, &[("SAN_CPN1", typed("24"))]).unwrap();
        post.act(&secretary, |ctx| circuit::submit(ctx, "EX-C1", quarter(Q))).unwrap();
        let moments = post.base.db.read(|tx| {
            let held = Questionnaire::shipped().unwrap();
            entry::history(tx, held, ("EX-C1", quarter(Q)), cell("SAN_CPN1"))
        });
        let moments = moments.unwrap();
        let told: Vec<_> = moments.iter().map(|it| (it.happening, it.value.as_deref())).collect();
        let expected = [
            (Happening::Typed, Some("22")),
            (Happening::Typed, Some("NSP")),
            (Happening::Typed, None),
            (Happening::Typed, Some("24")),
            (Happening::Filed, Some("24")),
        ];
        assert_eq!(told, expected, "{}", post.base.engine);
        let last = moments.last().unwrap();
        assert_eq!((last.source.as_str(), last.comment.as_str()), (register, "compté deux fois"));
        assert_eq!(last.office, "titulaire, EX-C1");
    }
}

#[test]
fn unknown_is_answered_but_counts_for_nothing() {
    let [base, _] = bases();
    let post = Post::open(base, Content::Exercise);
    let completeness = || {
        let at = ("EX-C1", quarter(Q), "J04");
        let actor = adviser();
        let read =
            post.base.db.read(|tx| entry::sheet(tx, &actor, at, Tier::Core, Language::French));
        read.unwrap().unwrap().completeness
    };
    assert_eq!((completeness().filled, completeness().unknown), (0, 0));
    enter(&post, &[("SAN_CPN1", typed("NSP")), ("SAN_RUPT", typed("0"))]).unwrap();
    assert_eq!((completeness().filled, completeness().unknown), (0, 1));
    let read = post.base.db.read(|tx| {
        let ground = circuit::ground_of(tx, "EX-C1", quarter(Q))?;
        store::values(tx, &adviser(), &ground, View::Working)
    });
    let values = read.unwrap();
    let period = kernel::Period::Quarter(quarter(Q));
    let number = |code: &str| {
        let value = values.get("EX-C1", period, cell(code));
        (value.is_some(), value.and_then(monitoring::values::Value::number).is_some())
    };
    // Never asked, asked in vain, and none at all: three things.
    assert_eq!(number("SAN_CSCOM"), (false, false));
    assert_eq!(number("SAN_CPN1"), (true, false));
    assert_eq!(number("SAN_RUPT"), (true, true));
}

#[test]
fn a_faulty_file_changes_nothing_and_says_where() {
    let [base, _] = bases();
    let post = Post::open(base, Content::Exercise);
    let heading = "element,unite_org,periode,options,valeur";
    let good = "SAN_CPN1,EX-C1,2024T4,,12";
    for (line, key) in [
        ("", ""),
        ("SAN_CPN1,EX-C9,2024T4,,12", "import-no-unit"),
        ("SAN_CPN1,EX-CERCLE,2024T4,,12", "import-no-unit"),
        ("SAN_CPN1,ML,2024T4,,12", "import-no-unit"),
        ("SAN_CPN1,EX-C2,2031T4,,12", "import-not-begun"),
        ("DEM_VILLAGES,EX-C2,2031,,12", "import-not-begun"),
        ("SAN_CPN1,EX-C2,2024T3,,1", "import-locked"),
        ("SAN_CPN1,EX-C2,2024T4,,douze", "oise-content-value"),
        ("SAN_CPNX,EX-C2,2024T4,,1", "oise-content-unknown"),
    ] {
        let text = format!("{heading}\n{good}\n{line}\n");
        let done = post.act(&adviser(), |ctx| {
            let done = entry::import(ctx, "valeurs.csv", &text, None);
            // Undone, so that each line is tried on the same base.
            match done {
                Ok(_) => Err(Stop::Failed(Failure::told("taken"))),
                Err(it) => Err::<(), _>(it),
            }
        });
        match done {
            Err(Stop::Refused(it)) => {
                let message = it.message();
                assert_eq!(message.key, key, "{line}");
                let said = message.arguments.iter().find(|it| it.0 == "line");
                assert_eq!(said.map(|it| it.1.as_str()), Some("3"), "{line}");
            }
            _ => assert_eq!(key, "", "{line}: {done:?}"),
        }
    }
    let none = post.act(&adviser(), |ctx| entry::import(ctx, "vide.csv", heading, None));
    assert!(matches!(none, Err(Stop::Refused(ImportRefused::Empty(_)))));
    assert_eq!(held(&post, "SAN_CPN1"), None);
}

#[test]
fn what_changed_since_the_preview_is_looked_at_again() {
    let [base, _] = bases();
    let post = Post::open(base, Content::Exercise);
    let text = last_quarter();
    let preview = |post: &Post| {
        let today = common::day(common::TODAY);
        post.base.db.read(|tx| entry::preview(tx, &adviser(), today, "v.csv", &text)).unwrap()
    };
    let before = preview(&post);
    assert_eq!(before.units.len(), 4);
    enter(&post, &[("SAN_CPN1", typed("1"))]).unwrap();
    let stale =
        post.act(&adviser(), |ctx| entry::import(ctx, "v.csv", &text, Some(&before.mark())));
    assert!(matches!(stale, Err(Stop::Refused(ImportRefused::Stale(_)))));
    let after = preview(&post);
    assert_eq!((after.changed.len(), after.changed[0].held.as_str()), (1, "1"));
    let mark = after.mark();
    post.act(&adviser(), |ctx| entry::import(ctx, "v.csv", &text, Some(&mark))).unwrap();
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn the_order_in_which_cells_are_typed_does_not_matter(
        numbers in proptest::collection::vec(0..500_u32, 6),
        order in Just((0..6_usize).collect::<Vec<_>>()).prop_shuffle(),
    ) {
        let codes =
            ["SAN_CPN1", "SAN_RUPT", "EDI_SESS_ORD", "EDI_DELIB", "SAN_CSCOM", "ECO_PLACES"];
        let digest = |order: &[usize]| {
            let post = Post::open(db::testing::sqlite(), Content::Nothing);
            for at in order {
                // A number beyond a bound is refused in any order.
                let _ = enter(&post, &[(codes[*at], typed(&numbers[*at].to_string()))]);
            }
            codes.map(|it| held(&post, it))
        };
        let straight: Vec<usize> = (0..6).collect();
        prop_assert_eq!(digest(&straight), digest(&order));
    }
}
