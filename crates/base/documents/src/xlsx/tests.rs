use super::*;
use kernel::Language;
use std::io::{Cursor, Read};

fn part(bytes: &[u8], name: &str) -> String {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut text = String::new();
    archive.by_name(name).unwrap().read_to_string(&mut text).unwrap();
    text
}

fn workbook(rows: Vec<Vec<Cell>>) -> Workbook {
    let mut sheet = Sheet::new("Valeurs")
        .column("Commune", Kind::Text)
        .column("Population", Kind::Number { places: 0 })
        .column("Relevé le", Kind::Date);
    sheet.rows = rows;
    Workbook {
        language: Language::French,
        title: "Suivi & évaluation".to_owned(),
        made_on: "2025-01-15".parse().unwrap(),
        sources: vec!["Questionnaire OISE, version 1".to_owned()],
        sheets: vec![sheet],
    }
}

#[test]
fn words_numbers_and_days_keep_their_types() {
    let day: Date = "2024-12-31".parse().unwrap();
    let big: Decimal = "12345678901234567890".parse().unwrap();
    let bytes = write(&workbook(vec![
        vec!["Ɲɛnɛ — «\u{202f}Kɔnɔ\u{202f}»".into(), 12_345.into(), day.into()],
        vec!["Kati".into(), Cell::Empty, "NSP".into()],
        vec!["Grand".into(), big.into(), Cell::Empty],
    ]))
    .unwrap();
    let sheet = part(&bytes, "xl/worksheets/sheet1.xml");
    let words = part(&bytes, "xl/sharedStrings.xml");
    assert!(words.contains("Ɲɛnɛ — «\u{202f}Kɔnɔ\u{202f}»"), "{words}");
    assert!(words.contains("12345678901234567890"), "a long number keeps all its digits");
    assert!(sheet.contains("<v>12345</v>") && sheet.contains("<v>45657</v>"), "{sheet}");
    assert!(!sheet.contains("r=\"B3\""), "an unknown value leaves its cell blank: {sheet}");
    assert!(sheet.contains("<autoFilter ref=\"A1:C4\"/>"), "{sheet}");
    assert!(sheet.contains("state=\"frozen\""), "{sheet}");
    assert!(part(&bytes, "xl/workbook.xml").contains("À propos"));
}

#[test]
fn a_formula_is_only_a_word() {
    let hostile = ["=cmd|'/c calc'!A1", "+1", "@SUM(A1)", "{=1}", "=HYPERLINK(\"http://x\")"];
    let rows = hostile.iter().map(|it| vec![Cell::from(*it), Cell::Empty, Cell::Empty]).collect();
    let bytes = write(&workbook(rows)).unwrap();
    let sheet = part(&bytes, "xl/worksheets/sheet1.xml");
    assert!(!sheet.contains("<f>") && !sheet.contains("<f "), "{sheet}");
    assert_eq!(sheet.matches("t=\"s\"").count(), 3 + hostile.len());
    assert!(part(&bytes, "xl/styles.xml").contains("quotePrefix=\"1\""));
}

#[test]
fn the_same_workbook_gives_the_same_bytes() {
    let one = workbook(vec![vec!["Kati".into(), 1.into(), Cell::Empty]]);
    assert_eq!(write(&one).unwrap(), write(&one).unwrap());
    assert!(part(&write(&one).unwrap(), "docProps/core.xml").contains("2025-01-15T00:00:00Z"));
}

#[test]
fn an_empty_sheet_opens() {
    let bytes = write(&workbook(Vec::new())).unwrap();
    assert!(part(&bytes, "xl/worksheets/sheet1.xml").contains("<autoFilter ref=\"A1:C1\"/>"));
}

#[test]
fn what_a_cell_cannot_hold_is_refused_with_its_place() {
    let long = "a".repeat(LONGEST_TEXT + 1);
    let told = write(&workbook(vec![vec![long.into(), Cell::Empty, Cell::Empty]]))
        .unwrap_err()
        .to_string();
    assert!(
        told.contains("Valeurs") && told.contains("row 1") && told.contains("Commune"),
        "{told}"
    );
    let told = write(&workbook(vec![vec!["Kati".into()]])).unwrap_err().to_string();
    assert!(told.contains("1 cells for 3 columns"), "{told}");
}

#[test]
fn sheet_names_are_made_acceptable() {
    let mut taken = BTreeSet::new();
    for (wanted, expected) in [
        ("Registre", "Registre"),
        ("registre", "registre 2"),
        ("Eau / santé [2024]", "Eau santé 2024"),
        ("'", "1"),
        ("", "1 2"),
        ("Coopération décentralisée du Mali", "Coopération décentralisée du Ma"),
        ("Coopération décentralisée du Mali et d’ailleurs", "Coopération décentralisée du 2"),
        ("History", "History 2"),
    ] {
        assert_eq!(sheet_name(wanted, &mut taken), expected, "{wanted}");
    }
}
