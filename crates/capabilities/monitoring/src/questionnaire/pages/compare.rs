//! Two editions side by side: a page to read and to print, and its PDF.

use super::affected::Affected;
use super::difference::{Difference, Side, between};
use super::read::{at, say_of};
use super::{EDIT, preview};
use crate::analysis::Say;
use crate::questionnaire::{Questionnaire, Series, Tables, working};
use askama::Template;
use axum::extract::Query;
use axum::response::Response;
use documents::{Align, Block, Document, Orientation, Table, Text};
use identity::Object;
use kernel::{Date, Failure};
use serde::Deserialize;
use std::sync::Arc;
use web::{Access, Chrome, PageFailure, Routes, Visit};

pub(super) fn routes() -> Routes {
    Routes::new().get("/suivi/questionnaire/differences", Access::Public, show).get(
        "/suivi/questionnaire/differences.pdf",
        Access::Public,
        paper,
    )
}

/// The word for the edition in preparation.
const DRAFT: &str = "projet";

#[derive(Default, Deserialize)]
#[serde(default)]
struct Asked {
    de: Option<u32>,
    a: String,
}

/// The indicators or the rules that count differently.
struct AffectedTable {
    id: &'static str,
    title: String,
    caption: String,
    none: String,
    column: String,
    lines: Vec<Affected>,
}

struct Found {
    title: String,
    affected: Vec<AffectedTable>,
    difference: Difference,
    papers: Vec<(String, String, String, String)>,
    marks: String,
    query: String,
    made_on: Date,
}

/// What two editions are read from.
struct Pair {
    before: (Tables, Arc<Questionnaire>, u32),
    after: (Tables, Arc<Questionnaire>, Option<u32>),
}

async fn find(visit: &Visit, asked: Asked) -> Result<Found, PageFailure> {
    let last = at(visit, None).await?;
    let wanted = match asked.a.as_str() {
        DRAFT => None,
        "" => Some(last.0.number(last.1)),
        number => Some(number.parse().map_err(|_| PageFailure::NotFound)?),
    };
    if wanted.is_none() && !visit.may(EDIT, &Object::Post) {
        return Err(PageFailure::Denied);
    }
    let (series, after_at) = at(visit, wanted).await?;
    let before_at = match asked.de {
        Some(number) => at(visit, Some(number)).await?.1,
        None if wanted.is_none() => after_at,
        None => after_at.saturating_sub(1),
    };
    let (seer, today) = (visit.clone(), visit.today());
    let found: Result<Option<Found>, Failure> = visit
        .app
        .read(move |tx| {
            let Some(pair) = pair(tx, &series, before_at, (wanted, after_at))? else {
                return Ok(None);
            };
            let known = preview::known(tx, &seer.actor, today)?;
            Ok(Some(told(&say_of(&seer), &series, &pair, known.as_ref(), today)))
        })
        .await;
    found?.ok_or(PageFailure::NotFound)
}

fn pair(
    tx: &mut db::Tx<'_>,
    series: &Series,
    before_at: usize,
    (wanted, after_at): (Option<u32>, usize),
) -> Result<Option<Pair>, Failure> {
    let side = |at: usize| {
        let edition = series.editions.editions().get(at)?;
        let read = series.editions.questionnaire(at)?;
        Some((edition.tables.clone(), Arc::clone(read)))
    };
    let Some((tables, read)) = side(before_at) else { return Ok(None) };
    let before = (tables, read, series.number(before_at));
    if let Some(number) = wanted {
        let after = side(after_at).map(|it| (it.0, it.1, Some(number)));
        return Ok(after.map(|after| Pair { before, after }));
    }
    let Some(working) = working(tx)? else { return Ok(None) };
    // What does not hold together yet is compared by its rows; its values are those of before.
    let read = match &working.read {
        Ok(editions) => Arc::clone(editions.newest()),
        Err(_) => Arc::clone(&before.1),
    };
    Ok(Some(Pair { before, after: (working.tables, read, None) }))
}

fn told(
    say: &Say<'_>,
    series: &Series,
    pair: &Pair,
    known: Option<&preview::Known>,
    today: Date,
) -> Found {
    let before = Side { tables: &pair.before.0, questionnaire: &pair.before.1 };
    let after = Side { tables: &pair.after.0, questionnaire: &pair.after.1 };
    let mut difference = between(say, before, after, known);
    let number = pair.before.2;
    let title = match pair.after.2 {
        Some(after) => say.with(
            "difference-between",
            &[("before", number.to_string()), ("after", after.to_string())],
        ),
        None => say.with("difference-to-draft", &[("before", number.to_string())]),
    };
    let next = series.number(series.editions.editions().len() - 1) + 1;
    let place = |number: u32| {
        let count = series.editions.editions().len();
        (0..count).rev().find(|it| series.number(*it) == number).unwrap_or_default()
    };
    let paper = |number: u32| say.with("difference-paper", &[("number", number.to_string())]);
    let forms = difference.forms.clone();
    let papers = forms.iter().map(|(code, name)| {
        let old = paper(series.paper(code, place(number)));
        let new = match pair.after.2 {
            Some(after) => paper(series.paper(code, place(after))),
            None => paper(next),
        };
        (code.clone(), name.clone(), old, new)
    });
    let after_word = pair.after.2.map_or_else(|| DRAFT.to_owned(), |it| it.to_string());
    // The day of the later edition, so that the paper printed again is the same.
    let day = pair.after.2.and_then(|it| place(it).checked_sub(1)).map(|it| series.issued[it].day);
    Found {
        title,
        papers: papers.collect(),
        affected: affected(say, &mut difference),
        marks: format!("{}, {}", pair.before.1.mark(), pair.after.1.mark()),
        query: format!("de={number}&a={after_word}"),
        made_on: day.unwrap_or(today),
        difference,
    }
}

#[derive(Template)]
#[template(path = "questionnaire/difference.html")]
struct View {
    chrome: Chrome,
    found: Found,
}

async fn show(visit: Visit, Query(asked): Query<Asked>) -> Result<Response, PageFailure> {
    let found = find(&visit, asked).await?;
    visit.page(&View { chrome: visit.chrome_titled(found.title.clone()), found })
}

/// The tables of what counts differently. Taken out of the difference, which keeps the rows.
fn affected(say: &Say<'_>, difference: &mut Difference) -> Vec<AffectedTable> {
    let values_of = difference.values_of.clone();
    let table = |id, word: &str, lines| AffectedTable {
        id,
        title: say.t(&format!("difference-{word}")),
        caption: match &values_of {
            Some((quarter, place)) => say.with(
                &format!("difference-{word}-caption"),
                &[("quarter", quarter.clone()), ("place", place.clone())],
            ),
            None => say.t(&format!("difference-{word}")),
        },
        none: say.t(&format!("difference-{word}-none")),
        column: say.t(&format!("difference-{word}-col")),
        lines,
    };
    vec![
        table("affected", "affected", std::mem::take(&mut difference.indicators)),
        table("rules", "rules", std::mem::take(&mut difference.rules)),
    ]
}

async fn paper(visit: Visit, Query(asked): Query<Asked>) -> Result<Response, PageFailure> {
    let found = find(&visit, asked).await?;
    let document = document(&say_of(&visit), &found);
    let writer = visit.app.shell().pdf;
    let bytes = visit.app.work(move || writer(&document)).await?;
    let name = format!("differences-{}.pdf", found.query.replace(['&', '='], "-"));
    Ok(visit.file(&name, "application/pdf", bytes))
}

fn document(say: &Say<'_>, found: &Found) -> Document {
    let mut blocks = Vec::new();
    if found.difference.sheets.is_empty() {
        blocks.push(Block::Paragraph(say.t("difference-none").into()));
    }
    for sheet in &found.difference.sheets {
        blocks.push(Block::Heading(1, sheet.title.clone()));
        for (key, rows) in
            [("difference-added", &sheet.added), ("difference-retired", &sheet.retired)]
        {
            if rows.is_empty() {
                continue;
            }
            let mut table = Table::new(say.t(key))
                .column(say.t("difference-col-what"), Align::Start, 4)
                .column(say.t("questionnaire-col-content"), Align::Start, 4);
            for it in rows {
                let head = Text::from(format!("{}\u{a0}– {}", it.key, it.name));
                table = table.row([head, Text::from(it.summary.clone())]);
            }
            blocks.push(Block::Table(table));
        }
        if !sheet.changed.is_empty() {
            let mut table = Table::new(say.t("difference-changed"))
                .column(say.t("difference-col-what"), Align::Start, 3)
                .column(say.t("difference-col-column"), Align::Start, 2)
                .column(say.t("difference-col-before"), Align::Start, 4)
                .column(say.t("difference-col-after"), Align::Start, 4);
            for it in &sheet.changed {
                for (at, (column, before, after)) in it.columns.iter().enumerate() {
                    let head = match at {
                        0 => format!("{}\u{a0}– {}", it.key, it.name),
                        _ => String::new(),
                    };
                    let cells = [head, column.clone(), before.clone(), after.clone()];
                    table = table.row(cells.map(Text::from));
                }
            }
            blocks.push(Block::Table(table));
        }
    }
    blocks.push(Block::Heading(1, say.t("difference-forms")));
    if found.papers.is_empty() {
        blocks.push(Block::Paragraph(say.t("difference-forms-none").into()));
    } else {
        let mut table = Table::new(say.t("difference-forms-text"))
            .column(say.t("qf-jeu"), Align::Start, 5)
            .column(say.t("difference-col-before"), Align::Start, 3)
            .column(say.t("difference-col-after"), Align::Start, 3);
        for (code, name, before, after) in &found.papers {
            let cells = [format!("{code}\u{a0}– {name}"), before.clone(), after.clone()];
            table = table.row(cells.map(Text::from));
        }
        blocks.push(Block::Table(table));
    }
    for it in &found.affected {
        blocks.push(Block::Heading(1, it.title.clone()));
        if it.lines.is_empty() {
            blocks.push(Block::Paragraph(it.none.clone().into()));
            continue;
        }
        let mut table = Table::new(it.caption.clone())
            .column(it.column.clone(), Align::Start, 5)
            .column(say.t("difference-col-because"), Align::Start, 3)
            .column(say.t("difference-col-before"), Align::End, 2)
            .column(say.t("difference-col-after"), Align::End, 2);
        for it in &it.lines {
            let name = format!("{}\u{a0}– {}", it.code, it.name);
            let cells = [name, it.because.clone(), it.before.clone(), it.after.clone()];
            table = table.row(cells.map(Text::from));
        }
        blocks.push(Block::Table(table));
    }
    let marks = [("marks", found.marks.clone())];
    Document {
        language: say.language,
        orientation: Orientation::Portrait,
        kind: say.t("difference-kind"),
        title: found.title.clone(),
        subtitle: String::new(),
        place: String::new(),
        period: String::new(),
        made_on: found.made_on,
        code: None,
        sources: vec![say.with("difference-source", &marks)],
        blocks,
    }
}
