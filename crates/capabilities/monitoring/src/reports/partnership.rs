//! FICHE-PART: the sheet of a partnership, for its parties and for everybody.
//!
//! Source: plan FICHE-PART of the standard documents. It is made on demand, about a partnership and
//! no quarter. What the register does not hold yet (the terms of the convention, actions and their
//! budget) is said to be absent and left to be filled in by pen; nothing is guessed.

mod facts;
mod page;

use documents::{Align, Block, Cell, Document, Kind as Sort, Orientation, Sheet, Table, Workbook};
use documents::{CheckCode, KeyFigure, Text};
use kernel::Failure;
use web::PageFailure;

use super::blocks::{attention, note, paragraph};
use super::kind::Kind;
use super::make::Prepared;
use crate::questionnaire::french;

pub(crate) use facts::Facts;
pub(crate) use page::routes;

const MODEL: &str = "FICHE-PART 1.0";

/// The sections: the end of the key of each title.
pub(crate) const SECTIONS: [&str; 5] = ["identity", "convention", "actions", "timeline", "results"];
/// What the plan asks of the convention, in its order.
const CONVENTION: [&str; 7] = ["signed", "effect", "length", "end", "notice", "meeting", "visa"];
/// The shares of an action that the plan asks for.
const SHARES: [&str; 5] = ["RF02", "RF03", "RF04", "RF07", "RF09"];
/// The natures of indicators, in the order of the guide.
const NATURES: [&str; 4] = ["means", "done", "results", "impact"];
/// Lines left to be filled in by pen.
const BLANK: usize = 3;

/// The address of the sheet of a partnership.
pub(crate) fn href(id: &str) -> String {
    format!("/registre/{id}/fiche")
}

/// The files of the sheet of a partnership as anybody may see them, for the commands of the
/// operator and for tests.
///
/// # Errors
///
/// [`Failure::NotFound`] if the register has no such partnership; or if the store or a writer fails.
pub fn made(
    tx: &mut db::Tx<'_>,
    (catalogue, language): (&web::Catalogue, kernel::Language),
    id: kernel::Id,
    today: kernel::Date,
    writers: super::Writers,
) -> Result<super::issue::Made, Failure> {
    let say = crate::analysis::Say { catalogue, language };
    let facts = Facts::read(tx, say, id, today)?.ok_or(Failure::NotFound)?;
    prepared(&facts).made(writers)
}

/// What an issue of the sheet of a partnership is about.
///
/// # Errors
///
/// If the store fails.
pub fn about(
    tx: &mut db::Tx<'_>,
    it: &register::Partnership,
    today: kernel::Date,
) -> Result<super::issue::About, Failure> {
    Ok(super::issue::About {
        place: facts::scope(it),
        quarter: None,
        partnership: it.id.to_string(),
        action: identity::Action::EditRegister,
        object: register::object_of(tx, it, today)?,
    })
}

/// The sheet, ready to be written.
pub(crate) fn prepared(facts: &Facts<'_>) -> Prepared {
    Prepared {
        kind: Kind::Partnership,
        document: document(facts),
        workbook: workbook(facts),
        stage: None,
        origin: facts.origin.clone(),
        name: facts.name(),
    }
}

/// The sheet.
pub(crate) fn document(facts: &Facts<'_>) -> Document {
    let say = &facts.say;
    let mut blocks = Vec::new();
    for (at, section) in SECTIONS.iter().enumerate() {
        let title = say.t(&format!("part-{section}"));
        blocks.push(Block::Heading(1, format!("{}. {title}", at + 1)));
        blocks.extend(match *section {
            "identity" => identity(facts),
            "convention" => convention(facts),
            "actions" => actions(facts),
            "timeline" => timeline(facts),
            _ => results(facts),
        });
    }
    let mut document = Document {
        language: say.language,
        orientation: Orientation::Portrait,
        kind: say.t("document-kind-fiche-part"),
        title: facts.name(),
        subtitle: String::new(),
        place: french(&facts.partnership.malian_name()),
        period: String::new(),
        made_on: facts.origin.day.unwrap_or(facts.today),
        code: None,
        sources: vec![
            say.with("part-model", &[("model", MODEL.to_owned())]),
            facts.origin.told(say),
        ],
        blocks,
    };
    let hash = blake3::hash(format!("{document:?}").as_bytes());
    document.code = Some(CheckCode::of_hash(hash.as_bytes()));
    document
}

fn identity(facts: &Facts<'_>) -> Vec<Block> {
    let say = &facts.say;
    let mut table = Table::new(say.t("part-parties"))
        .column(say.t("part-government"), Align::Start, 5)
        .column(say.t("part-level"), Align::Start, 3)
        .column(say.t("part-where"), Align::Start, 4)
        .column(say.t("part-written"), Align::Start, 5);
    for it in &facts.parties {
        table = table.row(it.clone());
    }
    let figures = facts.headline.iter().map(|(key, value, more)| KeyFigure {
        value: value.clone(),
        label: say.t(key),
        note: more.clone(),
    });
    let mut blocks = vec![
        Block::KeyFigures(figures.collect()),
        Block::Table(table),
        paragraph(Text::default().bold(say.t("part-contact")).plain(facts.contact.as_str())),
    ];
    if !facts.questions.is_empty() {
        blocks.push(attention(say.t("part-questions"), facts.questions.join(" ")));
    }
    blocks
}

fn convention(facts: &Facts<'_>) -> Vec<Block> {
    let say = &facts.say;
    let mut table = Table::new(say.t("part-convention-caption"))
        .column(say.t("part-term"), Align::Start, 5)
        .column(say.t("part-known"), Align::Start, 7);
    for term in CONVENTION {
        table = table.row([say.t(&format!("part-term-{term}")), facts.term(term)]);
    }
    vec![Block::Table(table), note(String::new(), say.t("part-convention-absent"))]
}

fn actions(facts: &Facts<'_>) -> Vec<Block> {
    let say = &facts.say;
    let mut table = Table::new(say.t("part-actions-caption"))
        .column(say.t("part-action"), Align::Start, 6)
        .column(say.t("part-plan-line"), Align::Start, 4)
        .column(say.t("part-owner"), Align::Start, 4);
    for code in SHARES {
        table = table.column(code, Align::End, 2);
    }
    for _ in 0..BLANK {
        // A no-break space keeps the line as tall as a written one.
        let cells = (0..3 + SHARES.len()).map(|at| if at == 0 { "\u{a0}\n\u{a0}" } else { "" });
        table = table.row(cells);
    }
    let told: Vec<String> = SHARES
        .iter()
        .map(|it| format!("{it}\u{a0}{}", say.t(&format!("part-share-{it}"))))
        .collect();
    table = table.note(format!("{}.", told.join("\u{202f}; ")));
    vec![note(String::new(), say.t("part-actions-absent")), Block::Table(table)]
}

fn timeline(facts: &Facts<'_>) -> Vec<Block> {
    let say = &facts.say;
    if facts.events.is_empty() {
        return vec![paragraph(say.t("part-timeline-none"))];
    }
    let mut table = Table::new(say.t("part-timeline-caption"))
        .column(say.t("part-day"), Align::Start, 3)
        .column(say.t("part-event"), Align::Start, 8);
    for (day, event) in &facts.events {
        table = table.row([day.clone(), event.clone()]);
    }
    vec![Block::Table(table.note(say.t("part-timeline-absent")))]
}

fn results(facts: &Facts<'_>) -> Vec<Block> {
    let say = &facts.say;
    let mut table = Table::new(say.t("part-results-caption"))
        .column(say.t("part-nature"), Align::Start, 3)
        .column(say.t("part-nature-about"), Align::Start, 6)
        .column(say.t("part-known"), Align::Start, 3);
    for nature in NATURES {
        let name = say.t(&format!("part-nature-{nature}"));
        let about = say.t(&format!("part-nature-{nature}-about"));
        table = table.row([name, about, say.t("part-not-followed")]);
    }
    table = table.row([
        say.t("part-reciprocity"),
        say.t("part-reciprocity-about"),
        say.t("part-not-followed"),
    ]);
    let mut blocks = vec![Block::Table(table)];
    match &facts.figures {
        Some(it) => {
            blocks.push(paragraph(it.told.as_str()));
            blocks.push(Block::Table(it.table.clone()));
        }
        None => blocks.push(paragraph(say.t("part-no-figures"))),
    }
    blocks
}

/// The same as typed cells.
fn workbook(facts: &Facts<'_>) -> Workbook {
    let say = &facts.say;
    let sheet = |name: &str, heads: &[&str]| {
        let empty = Sheet::new(say.t(name));
        heads.iter().fold(empty, |sheet, key| sheet.column(say.t(key), Sort::Text))
    };
    let mut parties =
        sheet("part-identity", &["part-government", "part-level", "part-where", "part-written"]);
    for it in &facts.parties {
        parties.rows.push(it.iter().map(|it| Cell::from(it.as_str())).collect());
    }
    let mut known = sheet("part-convention", &["part-term", "part-known"]);
    for (key, value, _) in &facts.headline {
        known.rows.push(vec![say.t(key).into(), value.as_str().into()]);
    }
    known.rows.push(vec![say.t("part-contact-word").into(), facts.contact.as_str().into()]);
    for term in CONVENTION {
        known.rows.push(vec![say.t(&format!("part-term-{term}")).into(), facts.term(term).into()]);
    }
    let mut events = sheet("part-timeline", &["part-day", "part-event"]);
    for (day, event) in &facts.events {
        events.rows.push(vec![day.as_str().into(), event.as_str().into()]);
    }
    let mut sheets = vec![parties, known, events];
    sheets.extend(facts.figures.as_ref().map(|it| it.sheet.clone()));
    let mut sources =
        vec![say.with("part-model", &[("model", MODEL.to_owned())]), facts.origin.told(say)];
    sources.push(say.t("part-actions-absent"));
    Workbook {
        language: say.language,
        title: facts.name(),
        made_on: facts.origin.day.unwrap_or(facts.today),
        sources,
        sheets,
    }
}

/// Reads the facts of the partnership of an address.
fn read<'a>(
    tx: &mut db::Tx<'_>,
    say: crate::analysis::Say<'a>,
    id: kernel::Id,
    today: kernel::Date,
) -> Result<Facts<'a>, PageFailure> {
    Facts::read(tx, say, id, today)?.ok_or(PageFailure::NotFound)
}
