//! The lines of a plan as a file: taken in, and given out.

use askama::Template;
use axum::extract::{Path, Request};
use axum::response::{IntoResponse, Redirect, Response};
use documents::{Cell, Kind, Sheet, Workbook};
use kernel::{Failure, Reject, Stop};
use std::collections::BTreeMap;
use web::{Access, Chrome, Form, PageFailure, Routes, Sent, Visit, Waiting};

use super::whole::{Whole, editable, whole};
use super::{EDITS, Pairs, amount, error, funding, id, sector, told, value};
use crate::table::columns;
use crate::{LARGEST_TABLE, ReadTable, Refusals, TableRefused, read_table};

/// What a form adds around its file.
const AROUND: usize = 64 * 1024;
/// The lines that a preview shows.
const SHOWN: usize = 100;

/// Tables that wait for an answer, over all persons.
static WAITING: Waiting<ReadTable> = Waiting::new(8);

pub(super) fn routes() -> Routes {
    Routes::new()
        .get("/plans/{id}/importer", EDITS, show)
        .upload("/plans/{id}/importer", EDITS, LARGEST_TABLE + AROUND, look)
        .get("/plans/{id}/importer/{table}", EDITS, preview)
        .post("/plans/{id}/importer/{table}", EDITS, accept)
        .get("/plans/{id}/lignes.csv", Access::Public, csv)
        .get("/plans/{id}/lignes.xlsx", Access::Public, xlsx)
}

#[derive(Template)]
#[template(path = "plans/import.html")]
struct View {
    chrome: Chrome,
    href: String,
    plan_title: String,
    refusal: String,
    faults: Vec<(u32, String, String)>,
    columns: Vec<(String, String)>,
}

#[derive(Template)]
#[template(path = "plans/preview.html")]
struct Look {
    chrome: Chrome,
    href: String,
    id: String,
    plan_title: String,
    file: String,
    added: usize,
    changed: usize,
    same: usize,
    total: String,
    rows: Vec<Row>,
    more: usize,
    needs_reason: bool,
    reason: String,
    errors: Pairs,
}

impl Look {
    fn error(&self, field: &str) -> String {
        error(&self.errors, field)
    }
}

struct Row {
    is_new: bool,
    sector: String,
    action: String,
    place: String,
    years: String,
    cost: String,
    funding: String,
    notice: String,
}

fn view(visit: &Visit, whole: &Whole, refused: Option<&TableRefused>) -> View {
    let title = visit.chrome("plans-import-title").title;
    let chrome = whole.chrome(visit, &title);
    let faults = refused.map(TableRefused::faults).unwrap_or_default();
    View {
        href: whole.href(),
        plan_title: whole.plan().title.clone(),
        refusal: refused.map(|it| chrome.tell(&it.message())).unwrap_or_default(),
        faults: faults
            .iter()
            .map(|it| (it.line, it.column.clone(), chrome.tell(&it.what)))
            .collect(),
        columns: columns()
            .map(|it| {
                let key = format!("plans-holds-{}", it.replace('_', "-"));
                (it.replace('_', " "), chrome.t(&key))
            })
            .chain([("2024".to_owned(), chrome.t("plans-holds-year"))])
            .collect(),
        chrome,
    }
}

async fn show(visit: Visit, Path(path): Path<String>) -> Result<Response, PageFailure> {
    let whole = editable(&visit, id(&path)?).await?;
    visit.page(&view(&visit, &whole, None))
}

async fn look(
    visit: Visit,
    Path(path): Path<String>,
    request: Request,
) -> Result<Response, PageFailure> {
    let whole = editable(&visit, id(&path)?).await?;
    let sent = Sent::read(&visit, request).await?;
    if !sent.whole {
        return Err(PageFailure::TooLarge(LARGEST_TABLE));
    }
    let plan = whole.plan().clone();
    let read = visit.app.read(move |tx| read_table(tx, plan, (&sent.name, &sent.bytes))).await;
    match read {
        Ok(table) => {
            let name = WAITING.keep(&visit, table);
            Ok(Redirect::to(&format!("{}/importer/{name}", whole.href())).into_response())
        }
        Err(Stop::Refused(it)) => visit.correct(&view(&visit, &whole, Some(&it))),
        Err(Stop::Failed(it)) => Err(it.into()),
    }
}

fn look_view(
    visit: &Visit,
    whole: &Whole,
    (name, table): (&str, &ReadTable),
    reason: &str,
    refusals: &Refusals,
) -> Look {
    let title = visit.chrome("plans-preview-title").title;
    let chrome = whole.chrome(visit, &title);
    let rows = table.lines.iter().take(SHOWN).map(|it| {
        let line = &it.what;
        Row {
            is_new: it.turn == 0,
            sector: sector(chrome.language(), &line.sector),
            action: line.action.clone(),
            place: whole.place_of(&chrome, line),
            years: super::whole::years(line),
            cost: amount(&chrome, line.cost),
            funding: funding(&chrome, &line.funding),
            notice: whole.notice(&chrome, line),
        }
    });
    let costs: Vec<i64> = table.lines.iter().filter_map(|it| it.what.cost).collect();
    Look {
        href: whole.href(),
        id: name.to_owned(),
        plan_title: whole.plan().title.clone(),
        file: table.file.clone(),
        added: table.added(),
        changed: table.lines.len() - table.added(),
        same: table.same,
        total: amount(&chrome, (!costs.is_empty()).then(|| costs.iter().sum())),
        rows: rows.collect(),
        more: table.lines.len().saturating_sub(SHOWN),
        needs_reason: whole.plan().adoption.is_some(),
        reason: reason.to_owned(),
        errors: told(&chrome, refusals),
        chrome,
    }
}

async fn preview(
    visit: Visit,
    Path((path, name)): Path<(String, String)>,
) -> Result<Response, PageFailure> {
    let whole = editable(&visit, id(&path)?).await?;
    match WAITING.find(&visit, &name).filter(|it| it.plan == whole.plan().id) {
        Some(table) => {
            visit.page(&look_view(&visit, &whole, (&name, &table), "", &Refusals::default()))
        }
        None => visit.correct(&view(&visit, &whole, Some(&TableRefused::Gone))),
    }
}

async fn accept(
    visit: Visit,
    Path((path, name)): Path<(String, String)>,
    Form(pairs): Form<Pairs>,
) -> Result<Response, PageFailure> {
    let whole = editable(&visit, id(&path)?).await?;
    let Some(table) = WAITING.find(&visit, &name).filter(|it| it.plan == whole.plan().id) else {
        return visit.correct(&view(&visit, &whole, Some(&TableRefused::Gone)));
    };
    let (given, why) = (std::sync::Arc::clone(&table), value(&pairs, "raison"));
    let reason = why.clone();
    let work = move |ctx: &mut identity::Ctx<'_, '_>| crate::import(ctx, &given, &why);
    match visit.app.write(&visit.actor, work).await {
        Ok(()) => {
            WAITING.forget(&name);
            Ok(Redirect::to(&whole.href()).into_response())
        }
        Err(Stop::Refused(it)) => {
            visit.correct(&look_view(&visit, &whole, (&name, &table), &reason, &it))
        }
        Err(Stop::Failed(it)) => Err(it.into()),
    }
}

/// The lines with the columns that an import reads.
fn sheet(chrome: &Chrome, whole: &Whole) -> Sheet {
    let mut sheet = Sheet::new(chrome.t("plans-sheet"));
    for title in columns().map(|it| it.replace('_', " ")) {
        let kind = match title.as_str() {
            "cout" | "priorite" => Kind::Number { places: 0 },
            _ => Kind::Text,
        };
        sheet = sheet.column(title, kind);
    }
    for year in whole.plan().years() {
        sheet = sheet.column(year.to_string(), Kind::Number { places: 0 });
    }
    for title in ["etat", "paye"] {
        let kind = if title == "paye" { Kind::Number { places: 0 } } else { Kind::Text };
        sheet = sheet.column(title, kind);
    }
    let text = |it: &str| if it.is_empty() { Cell::Empty } else { Cell::Text(it.to_owned()) };
    let number = |it: Option<i64>| it.map_or(Cell::Empty, |it| Cell::Number(it.into()));
    for line in &whole.lines {
        let steps = whole.steps.get(&line.id).map_or(&[][..], Vec::as_slice);
        let codes: Vec<&str> = line.funding.iter().map(|it| it.word()).collect();
        let told: Vec<i64> = steps.iter().filter_map(|it| it.paid).collect();
        let by_year: BTreeMap<i64, Option<i64>> =
            line.years.iter().map(|it| (it.year, it.cost)).collect();
        let mut row = vec![
            text(&line.sector),
            text(&line.objective),
            text(&line.action),
            text(line.village.as_deref().unwrap_or_default()),
            text(&super::whole::years(line).replace('–', "-")),
            number(line.cost),
            text(&codes.join(", ")),
            number(line.priority),
            text(&line.owner.map(|it| it.to_string()).unwrap_or_default()),
            text(&line.id.to_string()),
        ];
        row.extend(whole.plan().years().map(|it| number(by_year.get(&it).copied().flatten())));
        row.push(text(crate::state_on(steps, whole.today).word()));
        row.push(number((!told.is_empty()).then(|| told.iter().sum())));
        sheet.rows.push(row);
    }
    sheet
}

fn file_name(whole: &Whole, extension: &str) -> String {
    let plan = whole.plan();
    format!("pdsec-{}-{}-{}.{extension}", plan.commune, plan.first, plan.last)
}

async fn csv(visit: Visit, Path(path): Path<String>) -> Result<Response, PageFailure> {
    let whole = whole(&visit, id(&path)?).await?;
    let sheet = sheet(&visit.chrome("plans-title"), &whole);
    let bytes = documents::csv::write(&sheet, documents::csv::Options::default())
        .map_err(Failure::broken)?;
    Ok(visit.file(&file_name(&whole, "csv"), "text/csv; charset=utf-8", bytes))
}

async fn xlsx(visit: Visit, Path(path): Path<String>) -> Result<Response, PageFailure> {
    let whole = whole(&visit, id(&path)?).await?;
    let workbook = Workbook {
        language: visit.language,
        title: format!("{} – {}", whole.plan().title, whole.place.name),
        made_on: visit.today(),
        sources: Vec::new(),
        sheets: vec![sheet(&visit.chrome("plans-title"), &whole)],
    };
    let bytes =
        visit.app.work(move || documents::xlsx::write(&workbook).map_err(Failure::broken)).await?;
    let kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    Ok(visit.file(&file_name(&whole, "xlsx"), kind, bytes))
}
