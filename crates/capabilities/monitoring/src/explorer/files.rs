//! The answer as files: the same address with an ending.

use axum::extract::Query;
use axum::response::{IntoResponse, Response};
use documents::{
    Align, Block, Cell as Value, Document, Figure, Kind, Orientation, Sheet, Table, Text, Workbook,
};
use kernel::{Date, Failure, Message};
use web::{Access, PageFailure, Routes, Visit};

use crate::analysis::{self, Say};

use super::answer::{Answer, Cell};
use super::page::{Pairs, ask, say};
use super::table::Pivot;
use super::{draw, told};

/// The kind of a workbook.
const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
/// More columns than this lie on their side; many more are left to the workbook.
const UPRIGHT: usize = 7;
const MOST_COLUMNS: usize = 16;
/// More rows than this fill no document.
const MOST_ROWS: usize = 400;

pub(super) fn routes() -> Routes {
    Routes::new()
        .get("/suivi/explorer.csv", Access::Public, as_csv)
        .get("/suivi/explorer.xlsx", Access::Public, as_xlsx)
        .get("/suivi/explorer.pdf", Access::Public, as_pdf)
        .get("/suivi/explorer.svg", Access::Public, as_svg)
}

async fn as_csv(visit: Visit, Query(pairs): Pairs) -> Result<Response, PageFailure> {
    let bytes = ask(&visit, pairs, |_, visit, answer| {
        let sheet = values(&say(visit), answer);
        documents::csv::write(&sheet, documents::csv::Options::default())
            .map_err(|it| Failure::broken(it).into())
    });
    Ok(visit.file("explorer.csv", "text/csv; charset=utf-8", bytes.await?))
}

async fn as_xlsx(visit: Visit, Query(pairs): Pairs) -> Result<Response, PageFailure> {
    let bytes = ask(&visit, pairs, |_, visit, answer| {
        asks_something(answer)?;
        documents::xlsx::write(&workbook(&say(visit), answer, visit.today()))
            .map_err(|it| Failure::broken(it).into())
    });
    Ok(visit.file("explorer.xlsx", XLSX, bytes.await?))
}

async fn as_svg(visit: Visit, Query(pairs): Pairs) -> Result<Response, PageFailure> {
    let wanted = pairs.iter().find(|it| it.0 == "figure").map(|it| it.1.parse::<usize>());
    let at = match wanted {
        None => 0,
        Some(number) => {
            number.ok().and_then(|it| it.checked_sub(1)).ok_or(PageFailure::NotFound)?
        }
    };
    let svg = ask(&visit, pairs, move |_, visit, answer| {
        let mut all = draw::pictures(&say(visit), answer, false);
        if at < all.len() { Ok(all.swap_remove(at).svg) } else { Err(PageFailure::NotFound) }
    });
    Ok(visit.file("explorer.svg", "image/svg+xml", svg.await?.into_bytes()))
}

async fn as_pdf(visit: Visit, Query(pairs): Pairs) -> Result<Response, PageFailure> {
    let document = ask(&visit, pairs, |_, visit, answer| {
        asks_something(answer)?;
        Ok(document(&say(visit), answer, visit.today()))
    });
    let document = document.await?;
    let writer = visit.app.shell().pdf;
    let bytes = visit.app.work(move || writer(&document)).await?;
    Ok(visit.file("explorer.pdf", "application/pdf", bytes).into_response())
}

/// A document and a workbook need data; a table for programs may be empty.
fn asks_something(answer: &Answer) -> Result<(), PageFailure> {
    if answer.measures.is_empty() {
        return Err(PageFailure::Refused(Message::new("explorer-refused-nothing")));
    }
    Ok(())
}

/// The figures, one a row: what other programs read.
fn values(say: &Say<'_>, answer: &Answer) -> Sheet {
    let most = answer.indicators.iter().map(|it| u8::try_from(it.decimals).unwrap_or(4)).max();
    let split = 1 < answer.parts.len();
    let mut sheet = Sheet::new(say.t("analysis-book-values"));
    let mut columns = vec![
        ("analysis-col-code", Kind::Text),
        ("explorer-axis-mesures", Kind::Text),
        ("analysis-col-place-code", Kind::Text),
        ("analysis-col-place", Kind::Text),
        ("explorer-col-level", Kind::Text),
    ];
    if split {
        columns.push(("explorer-axis-ventilations", Kind::Text));
    }
    columns.extend([
        ("analysis-col-period", Kind::Text),
        ("analysis-col-value", Kind::Number { places: most.unwrap_or(0) }),
        ("analysis-col-unit", Kind::Text),
        ("analysis-col-numerator", Kind::Number { places: 2 }),
        ("analysis-col-denominator", Kind::Number { places: 2 }),
        ("analysis-col-answered", Kind::Number { places: 0 }),
        ("analysis-col-expected", Kind::Number { places: 0 }),
        ("analysis-col-state", Kind::Text),
    ]);
    for (key, kind) in columns {
        sheet = sheet.column(say.t(key), kind);
    }
    for (number, measure) in answer.measures.iter().enumerate() {
        let indicator = &answer.indicators[number];
        for (at, place) in answer.places.iter().enumerate() {
            for part in 0..answer.parts.len() {
                for (when, period) in answer.periods.iter().enumerate() {
                    let cell = answer.cell(at, number, part, when);
                    if cell == Cell::NotCollected {
                        continue;
                    }
                    let figure = cell.figure();
                    let mut row: Vec<Value> = vec![
                        measure.written(&answer.questionnaire).into(),
                        indicator.label.say(say.language).into(),
                        place.code.as_str().into(),
                        place.name.as_str().into(),
                        say.t(&format!("explorer-level-{}", place.level.word())).into(),
                    ];
                    if split {
                        row.push(answer.parts[part].name.as_str().into());
                    }
                    let count = |it: Option<u32>| it.map(i64::from);
                    row.extend([
                        period.to_string().into(),
                        cell.value(indicator).into(),
                        say.unit(&indicator.unit).into(),
                        figure
                            .and_then(|it| it.numerator)
                            .map(|it| it.round_dp(4).normalize())
                            .into(),
                        figure
                            // What is only counted is divided by nothing.
                            .filter(|_| matches!(measure.subject, super::Subject::Indicator(_)))
                            .and_then(|it| it.denominator)
                            .map(|it| it.round_dp(4).normalize())
                            .into(),
                        count(figure.map(|it| it.respondents)).into(),
                        count(figure.map(|it| it.expected)).into(),
                        state(say, answer, cell).into(),
                    ]);
                    sheet.rows.push(row);
                }
            }
        }
    }
    sheet
}

fn state(say: &Say<'_>, answer: &Answer, cell: Cell) -> String {
    match cell {
        Cell::Known(_) if answer.provisional => say.t("analysis-state-provisional"),
        Cell::Known(_) => say.t("analysis-state-published"),
        Cell::Withheld => say.t("analysis-state-withheld"),
        Cell::Unseen => say.t("explorer-unseen"),
        Cell::NotThen | Cell::NotCollected => say.t("explorer-not-then"),
    }
}

/// The workbook: the table as the page shows it, the figures one a row, the definitions.
fn workbook(say: &Say<'_>, answer: &Answer, today: Date) -> Workbook {
    let pivot = Pivot::of(answer);
    let mut sheets = vec![pivot_sheet(say, answer, &pivot), values(say, answer)];
    let numbers: Vec<usize> = answer
        .measures
        .iter()
        .filter_map(|it| match it.subject {
            super::Subject::Indicator(at) => Some(usize::from(at)),
            super::Subject::Element(_) => None,
        })
        .collect();
    if !numbers.is_empty() {
        sheets.push(analysis::definitions_sheet(say, &answer.questionnaire, &numbers));
    }
    Workbook {
        language: say.language,
        title: told::title(say, answer),
        made_on: answer.stamp.day().unwrap_or(today),
        sources: sources(say, answer),
        sheets,
    }
}

fn pivot_sheet(say: &Say<'_>, answer: &Answer, pivot: &Pivot) -> Sheet {
    let mut sheet = Sheet::new(say.t("explorer-sheet"));
    let heads: Vec<super::Axis> =
        pivot.group.into_iter().chain(pivot.down.iter().copied()).collect();
    for axis in &heads {
        sheet = sheet.column(say.t(&format!("explorer-axis-{}", axis.word())), Kind::Text);
    }
    let places = answer.indicators.iter().map(|it| u8::try_from(it.decimals).unwrap_or(4)).max();
    let number = Kind::Number { places: places.unwrap_or(0) };
    for at in 0..pivot.columns {
        sheet = sheet.column(told::item(say, answer, pivot.across, at), number);
    }
    if pivot.sums {
        sheet = sheet.column(say.t("explorer-sum"), number);
    }
    for row in &pivot.rows {
        let mut cells: Vec<Value> = heads
            .iter()
            .map(|it| told::item(say, answer, *it, row.spot.item(*it)).into())
            .collect();
        cells.extend(row.cells.iter().map(|(spot, cell)| -> Value {
            match cell.value(&answer.indicators[spot.measure]) {
                Some(value) => Value::Number(value),
                None => told::cell(say, answer, (*spot, *cell)).0.into(),
            }
        }));
        if pivot.sums {
            cells.push(row.sum.into());
        }
        sheet.rows.push(cells);
    }
    sheet
}

/// Where the figures come from, a sentence each.
pub(super) fn sources(say: &Say<'_>, answer: &Answer) -> Vec<String> {
    let mut out = vec![say.t("analysis-source-questionnaire")];
    if answer.land.invented {
        out.push(say.t("analysis-source-invented"));
    }
    if answer.provisional {
        out.push(say.t("analysis-source-provisional"));
    }
    out.push(answer.stamp.told(say));
    out
}

/// The answer on paper.
pub(super) fn document(say: &Say<'_>, answer: &Answer, today: Date) -> Document {
    let pivot = Pivot::of(answer);
    let mut blocks = Vec::new();
    if answer.provisional {
        blocks.push(Block::Callout(documents::Callout {
            tone: documents::Tone::Attention,
            title: say.t("analysis-provisional-title"),
            text: say.t("analysis-provisional-text").into(),
        }));
    }
    let finding = told::finding(say, answer);
    if !finding.is_empty() {
        blocks.push(Block::Paragraph(finding.into()));
    }
    blocks.extend(picture_blocks(say, answer));
    blocks.push(Block::Table(table(say, answer, &pivot)));
    for it in told::cautions(say, answer) {
        blocks.push(Block::Paragraph(Text::default().italic(it)));
    }
    Document {
        language: say.language,
        orientation: if UPRIGHT < pivot.columns {
            Orientation::Landscape
        } else {
            Orientation::Portrait
        },
        kind: say.t("explorer-paper-kind"),
        title: told::title(say, answer),
        subtitle: String::new(),
        place: told::places(say, answer),
        period: told::span(say, answer),
        made_on: answer.stamp.day().unwrap_or(today),
        code: None,
        sources: sources(say, answer),
        blocks,
    }
}

/// The pictures, with what must be said under them.
pub(super) fn picture_blocks(say: &Say<'_>, answer: &Answer) -> Vec<Block> {
    let pivot = Pivot::of(answer);
    let mut blocks = Vec::new();
    for it in draw::pictures(say, answer, false) {
        blocks.push(Block::Figure(Figure {
            svg: it.svg,
            caption: it.title,
            alternative: it.description,
            // The table of the page holds the numbers of all its pictures.
            twin: Some(table(say, answer, &pivot)),
        }));
        if !it.notes.is_empty() {
            blocks.push(Block::Paragraph(Text::default().italic(it.notes.join(" "))));
        }
    }
    blocks
}

/// The table of a document.
pub(super) fn table(say: &Say<'_>, answer: &Answer, pivot: &Pivot) -> Table {
    let caption = match answer.measures.len() {
        1 => told::measure(say, answer, 0),
        _ => told::title(say, answer),
    };
    let mut out = Table::new(caption);
    for axis in &pivot.down {
        out = out.column(say.t(&format!("explorer-axis-{}", axis.word())), Align::Start, 5);
    }
    let columns = pivot.columns.min(MOST_COLUMNS);
    for at in 0..columns {
        out = out.column(told::item(say, answer, pivot.across, at), Align::End, 2);
    }
    let sums = pivot.sums && columns == pivot.columns;
    if sums {
        out = out.column(say.t("explorer-sum"), Align::End, 2);
    }
    for row in pivot.rows.iter().take(MOST_ROWS) {
        if let (Some(axis), true) = (pivot.group, row.begins) {
            out = out.group(told::item(say, answer, axis, row.spot.item(axis)));
        }
        let mut cells: Vec<String> =
            pivot.down.iter().map(|it| told::item(say, answer, *it, row.spot.item(*it))).collect();
        cells.extend(row.cells.iter().take(columns).map(|it| told::cell(say, answer, *it).0));
        if sums {
            cells.push(match row.adds {
                false => "–".to_owned(),
                true => say.bare(&answer.indicators[row.spot.measure], row.sum),
            });
        }
        out = if row.whole { out.total(cells) } else { out.row(cells) };
    }
    let mut left = Vec::new();
    if columns < pivot.columns {
        left.push(say.with("explorer-more-columns", &[("shown", columns.to_string())]));
    }
    if MOST_ROWS < pivot.rows.len() {
        let arguments = [("shown", MOST_ROWS.to_string()), ("all", pivot.rows.len().to_string())];
        left.push(say.with("explorer-more-rows", &arguments));
    }
    for it in left {
        out = out.note(it);
    }
    out.note(say.t("analysis-nd"))
}
