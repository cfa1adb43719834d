//! Editions of the questionnaire, from the nation to the cercle, on two engines.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop there")]

mod common;

use common::{Content, Post, adviser, bases, officer, quarter, secretary};
use identity::{Actor, OfficeKind};
use kernel::{Failure, Period, Stop};
use monitoring::entry;
use monitoring::questionnaire::{
    self, AdoptRefused, ContentProblem, DraftRefused as Refused, Files, SHIPPED, Sheet, meeting,
};
use monitoring::store::{self, View};
use std::collections::BTreeMap;

fn nation() -> Actor {
    officer(OfficeKind::NationalOfficer, "EX-NATION")
}

fn cells(pairs: &[(&str, &str)]) -> BTreeMap<String, String> {
    pairs.iter().map(|(column, text)| ((*column).to_owned(), (*text).to_owned())).collect()
}

fn refused<T: std::fmt::Debug, R: std::fmt::Debug>(done: Result<T, Stop<R>>) -> R {
    match done {
        Err(Stop::Refused(it)) => it,
        other => panic!("not refused: {other:?}"),
    }
}

/// A new question beside SOC_CONFLITS.
fn new_question(post: &Post, actor: &Actor) {
    let row = cells(&[
        ("code", "SOC_COMITE"),
        ("libelle_fr", "Réunions du comité de paix"),
        ("secteur", "Vie sociale"),
        ("jeu", "J08"),
        ("niveau_saisie", "commune"),
        ("type", "entier"),
        ("unite", "réunions"),
        ("periodicite", "trimestrielle"),
        ("cumul_temps", "somme"),
        ("cumul_territoire", "somme"),
        ("palier", "noyau"),
        ("obligatoire", "non"),
        ("diffusion", "publique"),
        ("statut", "proposition"),
    ]);
    let form = post.base.db.read(|tx| {
        let newest = questionnaire::newest(tx)?;
        let number = newest.element_number("SOC_CONFLITS").unwrap();
        let set = newest.element(number).data_set;
        Ok::<_, Failure>(newest.data_sets()[usize::from(set)].code.clone())
    });
    let mut row = row;
    row.insert("jeu".to_owned(), form.unwrap());
    let write = |ctx: &mut identity::Ctx<'_, '_>| {
        questionnaire::write_row(ctx, Sheet::Elements, None, &row, Some("SOC_CONFLITS"))
    };
    assert_eq!(post.act(actor, write).unwrap(), "SOC_COMITE");
}

fn asks(post: &Post, at: &str, code: &str) -> bool {
    let found = post.base.db.read(|tx| {
        let held = questionnaire::in_force(tx, quarter(at))?;
        let number = held.element_number(code);
        Ok::<_, Failure>(number.is_some_and(|it| held.element(it).in_force))
    });
    found.unwrap()
}

#[test]
fn the_nation_issues_an_edition_and_the_cercle_gets_it_with_a_package() {
    let [base, below] = bases();
    let (at_nation, at_cercle) =
        (Post::open(base, Content::Example), Post::open(below, Content::Example));
    let nation = nation();
    let denied = at_nation.act(&adviser(), |ctx| questionnaire::start(ctx, "2025T1", "x"));
    assert!(matches!(denied, Err(Stop::Failed(Failure::Denied(_)))));
    for (from, title, expected) in [
        ("2025", "Paix", Refused::NotAQuarter("2025".into())),
        ("2024T4", "Paix", Refused::Filed(quarter("2024T4"))),
        ("2025T1", " ", Refused::NoTitle),
    ] {
        let done = at_nation.act(&nation, |ctx| questionnaire::start(ctx, from, title));
        assert_eq!(refused(done), expected);
    }
    let start =
        |ctx: &mut identity::Ctx<'_, '_>| questionnaire::start(ctx, "2025t1", "Comités de paix");
    at_nation.act(&nation, start).unwrap();
    let done = at_nation.act(&nation, questionnaire::issue);
    assert_eq!(refused(done), Refused::NothingChanged);
    new_question(&at_nation, &nation);
    // An element still used by a rule cannot go.
    let retire = |ctx: &mut identity::Ctx<'_, '_>| {
        questionnaire::retire(ctx, Sheet::Elements, "SOC_CONFLITS_REG")
    };
    at_nation.act(&nation, retire).unwrap();
    let Refused::Content(error) = refused(at_nation.act(&nation, questionnaire::issue)) else {
        panic!("not a mistake of the content");
    };
    assert_eq!(error.problem, ContentProblem::Retired("SOC_CONFLITS_REG".into()));
    assert_eq!((error.row(), error.character()), ("V043", Some(1)));
    let undo = |ctx: &mut identity::Ctx<'_, '_>| {
        questionnaire::undo(ctx, Sheet::Elements, "SOC_CONFLITS_REG")
    };
    at_nation.act(&nation, undo).unwrap();
    assert_eq!(at_nation.act(&nation, questionnaire::issue).unwrap(), 2);
    assert!(at_nation.base.db.read(questionnaire::draft).unwrap().is_none());
    assert!(asks(&at_nation, "2025T1", "SOC_COMITE"));
    assert!(!asks(&at_nation, "2024T4", "SOC_COMITE"));
    // The cercle has the form of before, then that of the edition.
    assert!(!asks(&at_cercle, "2025T1", "SOC_COMITE"));
    at_nation.send_down_to(&at_cercle);
    assert!(asks(&at_cercle, "2025T1", "SOC_COMITE"));
    assert!(!asks(&at_cercle, "2024T4", "SOC_COMITE"));
    // The new question is answered for the new quarter, and refused for the old one.
    let cell = at_cercle
        .base
        .db
        .read(|tx| Ok::<_, Failure>(questionnaire::newest(tx)?.cell_of("SOC_COMITE").unwrap()));
    let typed = [(cell.unwrap(), entry::Typed { text: "4".into(), ..entry::Typed::default() })];
    let secretary = secretary("EX-C1");
    let done =
        at_cercle.act(&secretary, |ctx| entry::enter(ctx, "EX-C1", quarter("2025T1"), &typed));
    assert_eq!(done.unwrap(), 1);
    let old =
        at_cercle.act(&secretary, |ctx| entry::enter(ctx, "EX-C1", quarter("2024T4"), &typed));
    refused(old);
    let held = at_cercle.base.db.read(|tx| {
        let ground = store::ground(tx, "EX-C1", quarter("2025T1").last_day())?.unwrap();
        let span = (quarter("2025T1"), quarter("2025T1"));
        store::values_between(tx, &secretary, &ground, View::Working, span)
    });
    let period = Period::Quarter(quarter("2025T1"));
    let value = held.unwrap().get("EX-C1", period, typed[0].0).map(ToString::to_string);
    assert_eq!(value.as_deref(), Some("4"));
    // The tables are the fold of the journal, here as there.
    for post in [&at_nation, &at_cercle] {
        let rebuilt = post.journal.rebuild_and_compare(&mut |_| {}).unwrap();
        assert!(rebuilt.changed.is_empty(), "{:?}", rebuilt.changed);
    }
}

#[test]
fn an_import_does_not_fill_a_cell_that_its_quarter_does_not_ask() {
    for base in bases() {
        let post = Post::open(base, Content::Exercise);
        let nation = nation();
        let start =
            |ctx: &mut identity::Ctx<'_, '_>| questionnaire::start(ctx, "2025T1", "Comités");
        post.act(&nation, start).unwrap();
        new_question(&post, &nation);
        for (sheet, key) in [
            (Sheet::Rules, "V043"),
            (Sheet::Indicators, "I111"),
            (Sheet::Elements, "SOC_CONFLITS_REG"),
        ] {
            post.act(&nation, |ctx| questionnaire::retire(ctx, sheet, key)).unwrap();
        }
        post.act(&nation, questionnaire::issue).unwrap();
        let head = post.base.db.read(|tx| Ok::<_, Failure>(journal::Journal::head(tx).unwrap()));
        let program = Actor::program();
        for (line, asked) in [
            // The new question before its edition, the retired one after it.
            ("SOC_COMITE,EX-C1,2024T4,,4", Some(("2024T4", 1))),
            ("SOC_CONFLITS_REG,EX-C1,2025T1,,1", Some(("2025T1", 2))),
            ("SOC_COMITE,EX-C1,2025T1,,4", None),
            ("SOC_CONFLITS_REG,EX-C1,2024T4,,1", None),
        ] {
            let text = format!(
                "element,unite_org,periode,options,valeur\n\
                 SOC_CONFLITS,EX-C1,2024T4,,2\n{line}\n"
            );
            let seen = |done: Result<(), Stop<entry::ImportRefused>>| match (done, asked) {
                (Ok(()), None) => {}
                (Err(Stop::Refused(it)), Some((period, edition))) => {
                    let entry::ImportRefused::NotAsked { line: at, cell, .. } = &it else {
                        panic!("{line}: {it}");
                    };
                    assert_eq!((*at, Some(cell.as_str())), (3, line.split(',').next()));
                    let told = kernel::Reject::message(&it);
                    let with = |name: &str, text: &str| {
                        let found = told.arguments.iter().find(|it| it.0 == name).unwrap();
                        assert_eq!(found.1, text, "{line}");
                    };
                    with("period", period);
                    with("edition", &edition.to_string());
                    with("heading", "element");
                }
                (done, _) => panic!("{line}: {done:?}"),
            };
            // A quarter after today cannot be looked at otherwise: the returns are of 2025T2.
            let day = common::day("2025-04-20");
            let values = post
                .base
                .db
                .read(|tx| entry::preview(tx, &program, day, "valeurs.csv", &text).map(|_| ()));
            seen(values);
            let returns = post.base.db.read(|tx| {
                let mut source = text.as_bytes();
                monitoring::takeover::look(tx, &program, day, "releves.csv", &mut source)
                    .map(|_| ())
            });
            seen(returns);
        }
        let now = post.base.db.read(|tx| Ok::<_, Failure>(journal::Journal::head(tx).unwrap()));
        assert_eq!(now.unwrap(), head.unwrap());
    }
}

#[test]
fn two_editions_that_meet_wait_for_a_person() {
    let [base, other] = bases();
    let (one, two) = (Post::open(base, Content::Nothing), Post::open(other, Content::Nothing));
    let nation = nation();
    for (post, title) in [(&one, "Comités de paix"), (&two, "Comités, autre rédaction")] {
        let start = |ctx: &mut identity::Ctx<'_, '_>| questionnaire::start(ctx, "2025T1", title);
        post.act(&nation, start).unwrap();
        new_question(post, &nation);
        post.act(&nation, questionnaire::issue).unwrap();
    }
    one.send_down_to(&two);
    two.send_down_to(&one);
    let found = |post: &Post| {
        let series = post.base.db.read(questionnaire::series).unwrap();
        (series.meetings.first().cloned().unwrap(), series.editions.newest().mark().to_owned())
    };
    // Both posts hold the same one meanwhile.
    let ((first, mark), (second, other_mark)) = (found(&one), found(&two));
    assert_eq!((&first, &mark), (&second, &other_mark));
    assert!(!first.is_settled);
    assert_eq!(first.editions.len(), 2);
    let wanted = first.editions[1].entry.clone();
    let choose = |post: &Post, entry: &str, reason: &str| {
        post.act(&nation, |ctx| meeting::choose(ctx, &first.after, entry, reason))
    };
    assert_eq!(refused(choose(&one, &wanted, " ")), Refused::NoReason);
    let unknown = refused(choose(&one, "0000", "Elle a été relue"));
    assert_eq!(unknown, Refused::NoRow("0000".into()));
    choose(&one, &wanted, "Elle a été relue avec les services").unwrap();
    one.send_down_to(&two);
    for post in [&one, &two] {
        let (settled, _) = found(post);
        assert!(settled.is_settled);
        assert_eq!(settled.editions[0].entry, wanted);
        let chosen = post.base.db.read(|tx| meeting::chosen(tx, &settled)).unwrap().unwrap();
        assert_eq!(chosen.reason, "Elle a été relue avec les services");
    }
    // Both changed the same row: nothing is left to take up.
    let (settled, _) = found(&one);
    let other = settled.editions[1].entry.clone();
    let done = one.act(&nation, |ctx| meeting::take_up(ctx, &settled.after, &other));
    assert_eq!(refused(done), Refused::NothingChanged);
}

#[test]
fn what_the_edition_that_was_not_kept_changed_is_taken_up() {
    let [base, other] = bases();
    let (one, two) = (Post::open(base, Content::Nothing), Post::open(other, Content::Nothing));
    let nation = nation();
    let issue = |post: &Post, title: &str, element: &str| {
        post.act(&nation, |ctx| questionnaire::start(ctx, "2025T1", title)).unwrap();
        let row = cells(&[("libelle_fr", title)]);
        let write = |ctx: &mut identity::Ctx<'_, '_>| {
            questionnaire::write_row(ctx, Sheet::Elements, Some(element), &row, None)
        };
        post.act(&nation, write).unwrap();
        post.act(&nation, questionnaire::issue).unwrap();
    };
    issue(&one, "Conflits signalés", "SOC_CONFLITS");
    issue(&two, "Conflits réglés à l’amiable", "SOC_CONFLITS_REG");
    two.send_down_to(&one);
    let found = |post: &Post| {
        let series = post.base.db.read(questionnaire::series).unwrap();
        series.meetings.first().cloned().unwrap()
    };
    let met = found(&one);
    let (held, waits) = (&met.editions[0], &met.editions[1]);
    assert_eq!(meeting::untaken(&met, &waits.entry), waits.changes);
    assert!(meeting::untaken(&met, &held.entry).is_empty());
    let after = met.after.clone();
    let take = |ctx: &mut identity::Ctx<'_, '_>| meeting::take_up(ctx, &after, &waits.entry);
    one.act(&nation, take).unwrap();
    assert_eq!(refused(one.act(&nation, take)), Refused::DraftExists);
    let draft = one.base.db.read(questionnaire::draft).unwrap().unwrap();
    assert_eq!((draft.from, draft.title.as_str()), (quarter("2025T1"), waits.title.as_str()));
    assert_eq!(draft.changes, waits.changes);
    // Issued, both hold.
    one.act(&nation, questionnaire::issue).unwrap();
    let newest = one.base.db.read(questionnaire::newest).unwrap();
    for (code, label) in
        [("SOC_CONFLITS", "Conflits signalés"), ("SOC_CONFLITS_REG", "Conflits réglés à l’amiable")]
    {
        let element = newest.element(newest.element_number(code).unwrap());
        assert_eq!(element.label.french, label);
    }
    // To keep the other one now would set the new edition aside.
    let series = one.base.db.read(questionnaire::series).unwrap();
    assert_eq!(meeting::on_top(&series, &found(&one)).len(), 1);
    let rebuilt = one.journal.rebuild_and_compare(&mut |_| {}).unwrap();
    assert!(rebuilt.changed.is_empty(), "{:?}", rebuilt.changed);
}

#[test]
fn a_whole_questionnaire_is_loaded_or_refused_by_its_line() {
    let shipped: BTreeMap<String, String> = Sheet::ALL
        .into_iter()
        .map(|it| (it.file().to_owned(), SHIPPED.text(it).to_owned()))
        .collect();
    let [base, used] = bases();
    let empty = Post::open(base, Content::Nothing);
    let program = Actor::program();
    let mut files = shipped.clone();
    files.remove("datasets.csv");
    let adopt = |post: &Post, files: &BTreeMap<String, String>| {
        post.act(&program, |ctx| questionnaire::adopt(ctx, files, "2005T1"))
    };
    assert_eq!(refused(adopt(&empty, &files)), AdoptRefused::NoFile("datasets.csv"));
    let mut files = shipped.clone();
    let text = SHIPPED.elements.replacen(",entier,ménages,", ",nombre,ménages,", 1);
    files.insert("data_elements.csv".to_owned(), text);
    let AdoptRefused::Content(error) = refused(adopt(&empty, &files)) else {
        panic!("not a mistake of the content");
    };
    assert_eq!((error.line, error.column.as_str()), (4, "type"));
    // A questionnaire of three forms with nothing but elements.
    let two = Files { parameters: "", rules: "", indicators: "", english: "", ..SHIPPED };
    let files: BTreeMap<String, String> = Sheet::ALL
        .into_iter()
        .filter(|it| !two.text(*it).is_empty())
        .map(|it| (it.file().to_owned(), two.text(it).to_owned()))
        .collect();
    let counts = adopt(&empty, &files).unwrap();
    assert_eq!((counts.elements, counts.rules, counts.indicators), (157, 0, 0));
    let held = empty.base.db.read(questionnaire::newest).unwrap();
    assert_eq!((held.elements().len(), held.rules().len()), (157, 0));
    let used = Post::open(used, Content::Example);
    let refused = refused(adopt(&used, &shipped));
    assert!(matches!(refused, AdoptRefused::InUse { .. }), "{refused:?}");
}
