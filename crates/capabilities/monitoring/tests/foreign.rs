//! A file of values in whatever form it comes: read, reported line by line, taken whole or not.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop there")]

mod common;

use common::{Content, Post, adviser, bases, last_quarter};
use documents::{Kind, Sheet, Workbook};
use kernel::{Language, Reject};
use monitoring::entry::{self, ForeignRefused, ValuesText};

/// The quarter as a spreadsheet of a French office: a title, headings on line 3, totals at the end.
fn as_workbook() -> Vec<u8> {
    let text = last_quarter();
    let lines: Vec<Vec<&str>> = text.lines().map(|it| it.splitn(5, ',').collect()).collect();
    let mut sheet = Sheet::new("Valeurs");
    for _ in 0..5 {
        sheet = sheet.column("Relevé du cercle", Kind::Text);
    }
    for line in &lines {
        sheet.rows.push(line.iter().map(|it| (*it).into()).collect());
    }
    sheet.rows.push(vec!["Total".into(), "".into(), "".into(), "".into(), "12".into()]);
    documents::xlsx::write(&Workbook {
        language: Language::French,
        title: "Relevé".to_owned(),
        made_on: common::day(common::TODAY),
        sources: Vec::new(),
        sheets: vec![sheet],
    })
    .unwrap()
}

fn look(post: &Post, text: &str) -> entry::Report {
    let today = common::day(common::TODAY);
    post.base.db.read(|tx| entry::report(tx, &adviser(), today, "v", text)).unwrap()
}

#[test]
fn a_workbook_says_the_same_as_the_text() {
    let [base, _] = bases();
    let post = Post::open(base, Content::Exercise);
    let plain = look(&post, &last_quarter()).preview.unwrap();
    let read = ValuesText::read("v.xlsx", &as_workbook()).unwrap();
    assert_eq!(read.totals.len(), 1);
    let report = look(&post, &read.text);
    assert_eq!(report.faults, []);
    let found = report.preview.unwrap();
    assert_eq!((found.new, found.same), (plain.new, plain.same));
    assert_eq!(found.units, plain.units);
    let windows: Vec<u8> = last_quarter()
        .replace(',', "\t")
        .replace("element\t", "Élément\t")
        .chars()
        .map(|it| u8::try_from(u32::from(it)).unwrap_or(b'?'))
        .collect();
    let read = ValuesText::read("v.csv", &windows).unwrap();
    assert_eq!(look(&post, &read.text).preview.unwrap().new, plain.new);
}

#[test]
fn every_fault_is_told_with_its_line_and_column() {
    let [base, _] = bases();
    let post = Post::open(base, Content::Exercise);
    let text = "Relevé;;;;\nElement;Unite_org;Periode;Options;Valeur\n\
                SAN_CPN1;EX-C1;2024T4;;1 2\nSAN_CPN1;EX-C2;2024T4;;12\n\
                SAN_CPNX;EX-C2;2024T4;;3\nSAN_CPN1;EX-C3;2031T1;;3\nSAN_CPN1;EX-C3;2024T4;;12 %\n";
    let read = ValuesText::read("v.csv", text.as_bytes()).unwrap();
    let report = look(&post, &read.text);
    let mut told: Vec<(u64, String, String)> = report
        .faults
        .iter()
        .map(|it| (it.line, read.column(&it.heading), it.rule.message().key))
        .collect();
    told.sort();
    let expected = [
        (3, "E, valeur", "oise-content-value"),
        (5, "A, element", "oise-content-unknown"),
        (6, "C, periode", "import-not-begun"),
        (7, "E, valeur", "oise-content-value"),
    ];
    let expected = expected.map(|it| (it.0, it.1.to_owned(), it.2.to_owned()));
    assert_eq!(told, expected);
    assert_eq!(report.preview.unwrap().new, 1, "what is sound is counted all the same");
    let done = post.act(&adviser(), |ctx| entry::import(ctx, "v.csv", &read.text, None));
    assert!(done.is_err(), "and nothing of it is taken");
}

#[test]
fn a_file_without_the_columns_says_which() {
    let refused = ValuesText::read("v.csv", b"element;unite;periode\na;b;c\n").unwrap_err();
    assert!(
        matches!(refused, ForeignRefused::NoColumn { line: 1, column: "unite_org", .. }),
        "{refused:?}"
    );
    let refused = ValuesText::read("v.csv", b"%PDF-1.4").unwrap_err();
    assert_eq!(refused.message().key, "tables-not-a-table");
}

#[test]
fn a_file_of_windows_is_previewed_then_accepted() {
    let [base, _] = bases();
    let post = Post::open(base, Content::Exercise);
    let bytes = last_quarter().replace('\n', "\r\n");
    let read = ValuesText::read("v.csv", bytes.as_bytes()).unwrap();
    let mark = look(&post, &read.text).preview.unwrap().mark();
    post.act(&adviser(), |ctx| entry::import(ctx, "v.csv", &read.text, Some(&mark))).unwrap();
}

#[test]
fn a_file_says_whose_draft_it_takes_over() {
    let [base, _] = bases();
    let post = Post::open(base, Content::Exercise);
    let cell = monitoring::questionnaire::Questionnaire::shipped().unwrap();
    let cell = cell.cell_of("EDI_SESS_ORD").unwrap();
    let typed = entry::Typed { text: "4".to_owned(), ..entry::Typed::default() };
    let at = common::quarter("2024T4");
    let owner = common::secretary("EX-C1");
    post.act(&owner, |ctx| entry::enter(ctx, "EX-C1", at, &[(cell, typed)])).unwrap();
    let found = look(&post, &last_quarter()).preview.unwrap();
    assert_eq!(found.taken_over(), 1);
    assert_eq!(found.changed.iter().find(|it| it.typed_by.is_some()).unwrap().held, "4");
}

#[test]
fn a_long_cell_is_cut_in_the_refusal() {
    let [base, _] = bases();
    let post = Post::open(base, Content::Exercise);
    let long = "x".repeat(500);
    let text = format!("element,unite_org,periode,options,valeur\n{long},EX-C1,2024T4,,1\n");
    let report = look(&post, &text);
    let message = report.faults[0].rule.message();
    assert!(message.arguments.iter().all(|it| it.1.chars().count() <= 81), "{message:?}");
}
