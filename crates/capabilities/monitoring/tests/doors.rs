//! Clumsy and hostile tables at every door of the monitoring that takes one: the values of a
//! quarter, the returns of past years, the yearbook of another service. Each says where, and takes
//! nothing.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop there")]

mod common;

use common::{Content, Post, adviser, bases, day, quarter};
use documents::{Kind, Sheet, Workbook};
use kernel::{Failure, Language, Reject, Stop};
use monitoring::crosscheck::{self, Column, Mapping, Tolerance};
use monitoring::entry::{self, ValuesText};
use monitoring::questionnaire::Questionnaire;
use monitoring::takeover;
use std::collections::BTreeMap;
use tables::Limits;

/// What a door says of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Said {
    /// Read; the figure of EX-C2, as it is understood.
    Read(String),
    /// The lines and the columns at fault.
    Faults(Vec<(u64, String)>),
    /// The file as a whole, by the key of its sentence.
    Whole(String),
}

fn values(post: &Post, bytes: &[u8]) -> Said {
    let read = match ValuesText::read("f.csv", bytes) {
        Ok(it) => it,
        Err(it) => return Said::Whole(it.message().key),
    };
    let today = day(common::TODAY);
    let done = post.base.db.read(|tx| entry::report(tx, &adviser(), today, "f.csv", &read.text));
    match done {
        Ok(it) if it.faults.is_empty() => {
            let preview = it.preview.unwrap();
            Said::Read(preview.changed.first().map(|it| it.value.clone()).unwrap_or_default())
        }
        Ok(it) => Said::Faults(it.faults.into_iter().map(|it| (it.line, it.heading)).collect()),
        Err(Stop::Refused(it)) => match it.place() {
            Some((line, heading)) => Said::Faults(vec![(line, heading.to_owned())]),
            None => Said::Whole(it.message().key),
        },
        Err(stop) => panic!("{stop:?}"),
    }
}

fn returns(post: &Post, bytes: &[u8]) -> Said {
    let mut source = match takeover::source("f.csv", bytes) {
        Ok(it) => it,
        Err(Stop::Refused(it)) => return Said::Whole(it.message().key),
        Err(stop) => panic!("{stop:?}"),
    };
    let today = day(common::TODAY);
    let actor = identity::Actor::program();
    let done = post.base.db.read(|tx| takeover::look(tx, &actor, today, "f.csv", &mut source));
    match done {
        Ok(it) => Said::Read(it.values.to_string()),
        Err(Stop::Refused(it)) => match it.place() {
            Some((line, heading)) => Said::Faults(vec![(line, heading.to_owned())]),
            None => Said::Whole(it.message().key),
        },
        Err(stop) => panic!("{stop:?}"),
    }
}

fn yearbook(bytes: &[u8]) -> Said {
    let book = match tables::read(bytes, "f.csv", &Limits::default()) {
        Ok(it) => it,
        Err(it) => return Said::Whole(it.message().key),
    };
    let column = Column { heading: "valeur".into(), target: "SAN_CPN1".into(), factor: "1".into() };
    let mapping = Mapping {
        heading: 1,
        place: "unite_org".to_owned(),
        level: "commune".to_owned(),
        period: "2024T4".to_owned(),
        columns: vec![column],
        tolerance: Tolerance::default(),
        ..Mapping::default()
    };
    let places: BTreeMap<String, String> =
        ["EX-C1", "EX-C2"].map(|it| (kernel::search::fold(it), it.to_owned())).into();
    let questionnaire = Questionnaire::shipped().unwrap();
    let taken = crosscheck::take(questionnaire, &book.sheets[0], &mapping, &places);
    if taken.faults.is_empty() {
        let found = taken.values.iter().find(|it| it.unit == "EX-C2");
        return Said::Read(found.map(|it| it.value.clone()).unwrap_or_default());
    }
    Said::Faults(taken.faults.iter().map(|it| (it.line.into(), it.column.clone())).collect())
}

fn workbook(value: &str) -> Vec<u8> {
    let mut sheet = Sheet::new("Valeurs");
    for it in ["element", "unite_org", "periode", "options", "valeur"] {
        sheet = sheet.column(it, Kind::Text);
    }
    for (unit, value) in [("EX-C1", "180"), ("EX-C2", value)] {
        let cells = ["SAN_CPN1", unit, "2024T4", "", value];
        sheet.rows.push(cells.iter().map(|it| (*it).into()).collect());
    }
    documents::xlsx::write(&Workbook {
        language: Language::French,
        title: "Relevé".to_owned(),
        made_on: day(common::TODAY),
        sources: Vec::new(),
        sheets: vec![sheet],
    })
    .unwrap()
}

#[test]
fn no_door_takes_what_it_does_not_understand() {
    let [base, _] = bases();
    let post = Post::open(base, Content::Exercise);
    // What the spreadsheets overwrite: one figure that is typed.
    let adviser = adviser();
    post.act(&adviser, |ctx| {
        let cell = monitoring::questionnaire::newest(ctx.tx)?.cell_of("SAN_CPN1").unwrap();
        let typed = entry::Typed { text: "91".into(), ..Default::default() };
        entry::enter(ctx, "EX-C2", quarter("2024T4"), &[(cell, typed)])
    })
    .unwrap();
    let before = post.base.db.read(|tx| Ok::<_, Failure>(journal::Journal::head(tx).unwrap()));
    let text = |value: &str| {
        format!(
            "element;unite_org;periode;options;valeur\nSAN_CPN1;EX-C1;2024T4;;180\n\
             SAN_CPN1;EX-C2;2024T4;;{value}\n"
        )
        .into_bytes()
    };
    let read = |it: &str| Said::Read(it.to_owned());
    let at = |line: u64, column: &str| Said::Faults(vec![(line, column.to_owned())]);
    let whole = |it: &str| Said::Whole(it.to_owned());
    let latin = |text: &str| -> Vec<u8> {
        text.chars().map(|it| u8::try_from(u32::from(it)).unwrap_or(b'?')).collect()
    };
    let utf16 = |text: &str| -> Vec<u8> {
        [0xff, 0xfe].into_iter().chain(text.encode_utf16().flat_map(u16::to_le_bytes)).collect()
    };
    let plain = String::from_utf8(text("1234")).unwrap();
    let (value, cross) = (at(3, "valeur"), |line: u64| at(line, "E valeur"));
    for (name, bytes, expected) in [
        // Numbers as people write them.
        ("spaces", text("1\u{202f}234"), [read("1234"), read("2"), read("1234")]),
        ("a comma and noughts", text("1 234,00"), [read("1234"), read("2"), read("1234")]),
        // What is no number is told where it stands.
        ("words", text("env. 30"), [value.clone(), value.clone(), cross(3)]),
        ("a share", text("12 %"), [value.clone(), value.clone(), cross(3)]),
        ("a formula as text", text("=C2*2"), [value.clone(), value.clone(), cross(3)]),
        ("a day", text("31/12/2024"), [value.clone(), value.clone(), cross(3)]),
        // Letters of other systems; a workbook.
        (
            "Windows letters",
            latin(&plain.replace("options", "options;Remarque").replace(";;1", ";;relevé;1")),
            [read("1234"), read("2"), read("1234")],
        ),
        ("two bytes a letter", utf16(&plain), [read("1234"), read("2"), read("1234")]),
        ("a workbook", workbook("1 234,0"), [read("1234"), read("2"), read("1234")]),
        ("a workbook with words", workbook("trop"), [value.clone(), value.clone(), cross(3)]),
        // Two columns of one name.
        (
            "a column twice",
            plain.replacen(";valeur", ";valeur;valeur", 1).into_bytes(),
            [whole("oise-content-twice"), whole("oise-content-twice"), read("1234")],
        ),
        (
            "a column twice in a workbook-like text",
            utf16(&plain.replacen(";valeur", ";Valeur;valeur", 1)),
            [whole("foreign-column-twice"), whole("foreign-column-twice"), read("")],
        ),
        // A day where a quarter is asked.
        (
            "a day for a period",
            plain.replace("EX-C2;2024T4", "EX-C2;01/10/2024").into_bytes(),
            [at(3, "periode"), at(3, "periode"), read("1234")],
        ),
        // What is no table at all.
        (
            "nothing",
            Vec::new(),
            [whole("tables-empty"), whole("oise-content-no-column"), whole("tables-empty")],
        ),
        (
            "a PDF",
            b"%PDF-1.7 \n".to_vec(),
            [whole("tables-not-a-table"), whole("tables-not-a-table"), whole("tables-not-a-table")],
        ),
        (
            "an old or locked workbook",
            vec![0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1],
            [whole("tables-old"), whole("tables-old"), whole("tables-old")],
        ),
        (
            "more than the fence holds",
            {
                let mut bytes = latin("é");
                bytes.resize(Limits::default().bytes + 1, b'x');
                bytes
            },
            [whole("tables-too-large"), whole("tables-too-large"), whole("tables-too-large")],
        ),
    ] {
        let said = [values(&post, &bytes), returns(&post, &bytes), yearbook(&bytes)];
        for (door, (said, expected)) in
            ["values", "returns", "yearbook"].iter().zip(said.into_iter().zip(expected))
        {
            assert_eq!(said, expected, "{name}, {door}");
        }
    }
    let after = post.base.db.read(|tx| Ok::<_, Failure>(journal::Journal::head(tx).unwrap()));
    assert_eq!(after.unwrap(), before.unwrap(), "no door wrote anything");
}
