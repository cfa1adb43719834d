//! Clumsy and hostile files, made here, and what becomes of them.

use crate::notes::Kind;
use crate::{Book, Limits, Refused, Value, read, read_number};
use kernel::{Date, Language};
use proptest::prelude::*;
use std::io::Write;

mod workbooks;

fn book(bytes: &[u8]) -> Book {
    read(bytes, "f", &Limits::default()).unwrap()
}

fn number(text: &str) -> Value {
    Value::Number(read_number(text).unwrap())
}

fn text(text: &str) -> Value {
    Value::Text(text.to_owned())
}

/// An archive of these parts.
fn zip(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        writer.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

#[test]
fn a_french_text_is_read_whatever_wrote_it() {
    let plain = "Commune;Population;Taux\nOuéléssébougou;12 345,5;80,1 %\nKati;;n.d.\n";
    let windows: Vec<u8> = plain.chars().map(|it| u8::try_from(u32::from(it)).unwrap()).collect();
    let wide = |bom: &[u8]| {
        let units = plain.encode_utf16().flat_map(u16::to_le_bytes);
        bom.iter().copied().chain(units).collect::<Vec<u8>>()
    };
    let bom = [b"\xef\xbb\xbf".as_slice(), plain.as_bytes()].concat();
    let tabs = plain.replace(';', "\t").into_bytes();
    let commas = "Commune,Population,Taux\nOuéléssébougou,\"12 345,5\",\"80,1 %\"\nKati,,n.d.\n";
    let old_mac = plain.replace('\n', "\r").into_bytes();
    for bytes in [
        plain.as_bytes().to_vec(),
        windows,
        wide(b"\xff\xfe"),
        wide(b""),
        bom,
        tabs,
        commas.as_bytes().to_vec(),
        plain.replace('\n', "\r\n").into_bytes(),
        old_mac,
        format!("sep=;\n{plain}").into_bytes(),
    ] {
        let book = book(&bytes);
        let sheet = &book.sheets[0];
        let line = sheet.guess_headings().unwrap();
        let row = sheet.row(line + 1).unwrap();
        assert_eq!(row.cell(0).value, text("Ouéléssébougou"), "{bytes:?}");
        assert_eq!(row.cell(1).value, number("12345.5"));
        assert_eq!(row.cell(2).value, Value::Percent(read_number("80.1").unwrap()));
        let last = sheet.row(line + 2).unwrap();
        assert_eq!(last.cell(1).value, Value::Empty);
        assert_eq!(last.cell(2).value, text("n.d."));
    }
}

#[test]
fn what_was_met_is_told_with_its_place() {
    let clumsy = "Commune;Pop.;Le;x\nKati;1 234;31/12/2024;=A1+1\nKita;5,0;#REF!;CommunautÃ©\n";
    let book = book(clumsy.as_bytes());
    let told: Vec<(Kind, usize, String)> =
        book.notes.iter().map(|it| (it.kind, it.count, it.at[0].to_string())).collect();
    assert_eq!(
        told,
        [
            (Kind::FormulaWithoutValue, 1, "D2".to_owned()),
            (Kind::Fault, 1, "C3".to_owned()),
            (Kind::Mojibake, 1, "D3".to_owned()),
            (Kind::NumberAsText, 2, "B2".to_owned()),
            (Kind::DateAsText, 1, "C2".to_owned()),
        ]
    );
    assert_eq!(book.sheets[0].row(3).unwrap().cell(3).value, text("Communauté"));
}

#[test]
fn headings_are_found_below_a_title_and_told_apart() {
    let clumsy = "Annuaire sanitaire 2023;;;\n\nCommune;Total;Total;\nKati;1;2;3\n\
                  Kita;4;5;6\nTotal;5;7;9\n";
    let book = book(clumsy.as_bytes());
    let sheet = &book.sheets[0];
    assert_eq!(sheet.guess_headings(), Some(3));
    let names: Vec<String> = sheet.headings(3).into_iter().map(|it| it.name).collect();
    assert_eq!(names, ["Commune", "Total", "Total (2)", "D"]);
    assert!(sheet.headings(3)[1].twice);
    assert_eq!(sheet.lines_below(3).count(), 2);
    assert_eq!(sheet.totals_below(3), [6]);
}

#[test]
fn codes_keep_their_noughts_and_months_never_come_first() {
    for (typed, expected) in [
        ("007", text("007")),
        ("0", number("0")),
        ("0,5", number("0.5")),
        ("2024T4", text("2024T4")),
        ("1 2", text("1 2")),
        ("12e3", text("12e3")),
        ("31/12/2024", Value::Date(Date::new(2024, 12, 31).unwrap())),
        ("12/31/2024", text("12/31/2024")),
        ("2024-02-30", text("2024-02-30")),
        ("1.234.567", number("1234567")),
        ("−3", number("-3")),
        ("12 %", Value::Percent(read_number("12").unwrap())),
        ("\u{a0}8\u{202f}000 ", number("8000")),
    ] {
        assert_eq!(crate::typed::understood(typed), expected, "{typed}");
    }
}

#[test]
fn what_is_no_table_is_refused_in_words() {
    let types = b"<Types ContentType=\"application/vnd.ms-excel.sheet.macroEnabled.main+xml\"/>";
    let inert = b"<Types/>".as_slice();
    let old = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1rest".to_vec();
    for (bytes, expected) in [
        (b"".to_vec(), Refused::Empty),
        (b" \n \n".to_vec(), Refused::Empty),
        (b"%PDF-1.7".to_vec(), Refused::NotATable),
        (b"\x7fELF\x02\x01\x01\x00".to_vec(), Refused::NotATable),
        (old, Refused::OldOrProtected),
        (b"PK\x03\x04nothing".to_vec(), Refused::Damaged { part: "ZIP".to_owned() }),
        (zip(&[("[Content_Types].xml", types)]), Refused::Macros),
        (
            zip(&[
                ("[Content_Types].xml", inert),
                ("xl/workbook.xml", inert),
                ("xl/vbaProject.bin", b"MZ"),
            ]),
            Refused::Macros,
        ),
        (zip(&[("word/document.xml", inert)]), Refused::NotATable),
    ] {
        assert_eq!(read(&bytes, "f", &Limits::default()).unwrap_err(), expected);
    }
}

#[test]
fn a_bomb_is_not_unpacked() {
    let noughts = vec![b' '; 64 << 20];
    let inert = b"<Types/>".as_slice();
    let bomb = zip(&[
        ("[Content_Types].xml", inert),
        ("xl/workbook.xml", inert),
        ("xl/sharedStrings.xml", &noughts),
    ]);
    assert!(bomb.len() < 100_000);
    assert_eq!(read(&bomb, "b.xlsx", &Limits::default()).unwrap_err(), Refused::Bomb);
    // One that lies about its size: the directory at the end says ten bytes.
    let mut liar = bomb.clone();
    let size = u32::try_from(noughts.len()).unwrap().to_le_bytes();
    while let Some(at) = liar.windows(4).position(|it| it == size) {
        liar[at..at + 4].copy_from_slice(&10_u32.to_le_bytes());
    }
    assert!(read(&liar, "b.xlsx", &Limits::default()).is_err());
    let many: Vec<(String, &[u8])> = (0..1_100).map(|it| (format!("p{it}"), inert)).collect();
    let many: Vec<(&str, &[u8])> = many.iter().map(|it| (it.0.as_str(), it.1)).collect();
    let refused = read(&zip(&many), "b.xlsx", &Limits::default()).unwrap_err();
    assert_eq!(refused, Refused::TooMany { what: "parts", most: 1_000 });
}

#[test]
fn a_text_has_its_limits_too() {
    let few =
        Limits { bytes: 4_000, rows: 10, columns: 5, cells: 30, text: 100, ..Limits::default() };
    for (bytes, expected) in [
        ("a;b\n".repeat(2_000), Refused::TooLarge { bytes: 8_000, most: 4_000 }),
        ("a;b\n".repeat(11), Refused::TooMany { what: "rows", most: 10 }),
        ("a;".repeat(6), Refused::TooMany { what: "columns", most: 5 }),
        ("a;b;c;d;e\n".repeat(7), Refused::TooMany { what: "cells", most: 30 }),
        (format!("a;b\n1;\"{}", "x\n".repeat(200)), Refused::Endless { line: 2 }),
    ] {
        assert_eq!(read(bytes.as_bytes(), "f", &few).unwrap_err(), expected);
    }
}

#[test]
fn every_refusal_and_note_has_its_words() {
    let (french, english) = crate::words();
    for key in french.lines().filter_map(|it| it.split_once(" = ")).map(|it| it.0) {
        assert!(english.contains(&format!("\n{key} = ")), "{key}");
    }
    for it in [
        Kind::Formula,
        Kind::FormulaWithoutValue,
        Kind::Fault,
        Kind::Merged,
        Kind::HiddenRow,
        Kind::HiddenColumn,
        Kind::HiddenSheet,
        Kind::OtherEncoding,
        Kind::Mojibake,
        Kind::Lost,
        Kind::NumberAsText,
        Kind::DateAsText,
        Kind::Percent,
        Kind::LongLine,
    ] {
        assert!(french.contains(&format!("\n{} = ", it.key())), "{it:?}");
    }
}

proptest! {
    #[test]
    fn whatever_the_bytes_they_are_read_or_refused(
        bytes in proptest::collection::vec(any::<u8>(), 0..400)
    ) {
        let _ = read(&bytes, "f", &Limits::default());
    }

    #[test]
    fn a_table_written_by_us_reads_back(
        rows in proptest::collection::vec(
            ("[A-Za-zÀ-ÿ;,\" ]{1,12}", proptest::option::of(0..10_000_000_i64)), 1..20)
    ) {
        let mut sheet = documents::Sheet::new("S")
            .column("Nom", documents::Kind::Text)
            .column("Nombre", documents::Kind::Number { places: 0 });
        for (name, count) in &rows {
            sheet.rows.push(vec![format!("x{name}").into(), (*count).into()]);
        }
        let workbook = documents::Workbook {
            language: Language::French,
            title: "T".to_owned(),
            made_on: Date::new(2024, 1, 1).unwrap(),
            sources: Vec::new(),
            sheets: vec![sheet.clone()],
        };
        let xlsx = documents::xlsx::write(&workbook).unwrap();
        let csv = documents::csv::write(&sheet, documents::csv::Options::default()).unwrap();
        for bytes in [xlsx, csv] {
            let book = read(&bytes, "f", &Limits::default()).unwrap();
            let found = book.sheets.iter().find(|it| it.guess_headings().is_some_and(|line| {
                it.headings(line).iter().any(|it| it.text == "Nombre")
            })).unwrap();
            let line = found.guess_headings().unwrap();
            let below: Vec<_> = found.rows.iter().filter(|it| line < it.line).collect();
            prop_assert_eq!(below.len(), rows.len());
            for (row, (name, count)) in below.iter().zip(&rows) {
                let written = format!("x{name}").trim().to_owned();
                prop_assert_eq!(row.cell(0).value.to_string(), written);
                let expected = count.map(kernel::Decimal::from);
                prop_assert_eq!(row.cell(1).value.number(), expected);
            }
        }
    }

    #[test]
    fn a_broken_workbook_never_breaks_the_program(at in 0..6_000_usize, with in any::<u8>()) {
        let mut bytes = workbooks::clumsy();
        let at = at % bytes.len();
        bytes[at] = with;
        let _ = read(&bytes, "f", &Limits::default());
    }
}
