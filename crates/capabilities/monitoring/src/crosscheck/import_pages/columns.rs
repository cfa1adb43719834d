//! Which column is which of our data, how figures are read, how far they may lie apart.

use super::{address, found};
use crate::crosscheck::draft::{DRAFTS, Draft};
use crate::crosscheck::mapping::{canonical, choices, read_period, target};
use crate::crosscheck::take::fits;
use crate::crosscheck::{Column, Refused};
use crate::entry::notes;
use crate::questionnaire::newest;
use askama::Template;
use axum::extract::{Path, Query};
use axum::response::{IntoResponse, Redirect, Response};
use kernel::format::read_number;
use kernel::{Decimal, Failure, Reject};
use serde::Deserialize;
use std::collections::BTreeMap;
use tables::letters;
use web::{Chrome, Form, PageFailure, Visit};

/// The lines of the preview, and its columns: more do not fit a page.
const SHOWN: (usize, u16) = (8, 24);
/// The columns that may be compared.
const COLUMNS: u16 = 60;

/// A column as the page asks about it.
struct Asked {
    at: u16,
    letters: String,
    heading: String,
    twice: bool,
    samples: String,
    target: String,
    /// Our data in words, if it is one.
    named: String,
    factor: String,
    error: String,
}

#[derive(Template)]
#[template(path = "crosscheck/columns.html")]
struct Columns {
    chrome: Chrome,
    id: String,
    draft: Draft,
    sheets: Vec<(String, String, bool)>,
    notes: Vec<String>,
    /// The first lines: their number, whether it is the headings, their cells.
    preview: Vec<(u32, bool, Vec<String>)>,
    letters: Vec<String>,
    columns: Vec<Asked>,
    names: Vec<String>,
    choices: Vec<(String, String)>,
    levels: Vec<(&'static str, bool)>,
    errors: Vec<(String, String)>,
}

impl Columns {
    fn error(&self, field: &str) -> String {
        self.errors.iter().find(|it| it.0 == field).map(|it| it.1.clone()).unwrap_or_default()
    }
}

async fn columns_view(
    visit: &Visit,
    id: &str,
    draft: Draft,
    errors: Vec<(String, String)>,
) -> Result<Columns, PageFailure> {
    let language = visit.language;
    let questionnaire = visit.app.read::<_, Failure>(newest).await.map_err(PageFailure::from)?;
    let chrome = visit.chrome("crosscheck-columns");
    let headings = draft.headings();
    let mut told = notes(&chrome, &draft.book.notes.iter().cloned().collect::<Vec<_>>());
    if headings.iter().any(|it| it.twice) {
        told.push(chrome.t("tables-note-duplicate"));
    }
    let sheet = draft.sheet();
    let preview: Vec<(u32, bool, Vec<String>)> = sheet
        .map(|sheet| {
            let first = draft.mapping.heading.saturating_sub(2);
            let rows = sheet.rows.iter().filter(|it| first <= it.line).take(SHOWN.0);
            let width = sheet.width().min(SHOWN.1);
            let cells = |row: &tables::Row| (0..width).map(|it| row.text(it)).collect();
            rows.map(|it| (it.line, it.line == draft.mapping.heading, cells(it))).collect()
        })
        .unwrap_or_default();
    let columns = headings
        .iter()
        .take(usize::from(COLUMNS))
        .map(|it| {
            let chosen = draft.mapping.columns.iter().find(|other| other.heading == it.name);
            let samples: Vec<String> = sheet
                .map(|sheet| sheet.lines_below(draft.mapping.heading).take(3))
                .into_iter()
                .flatten()
                .map(|row| row.text(it.column))
                .filter(|it| !it.is_empty())
                .collect();
            let field = format!("donnee-{}", it.column);
            Asked {
                at: it.column,
                letters: letters(it.column),
                heading: it.name.clone(),
                twice: it.twice,
                samples: samples.join(", "),
                target: chosen.map(|it| it.target.clone()).unwrap_or_default(),
                named: chosen
                    .filter(|it| target(&questionnaire, &it.target).is_some())
                    .map(|it| {
                        crate::crosscheck::mapping::named(&questionnaire, &it.target, language)
                    })
                    .unwrap_or_default(),
                factor: chosen.map_or_else(|| "1".to_owned(), |it| language.written(&it.factor)),
                error: errors
                    .iter()
                    .find(|it| it.0 == field)
                    .map(|it| it.1.clone())
                    .unwrap_or_default(),
            }
        })
        .collect();
    let level = draft.mapping.level.clone();
    Ok(Columns {
        id: id.to_owned(),
        sheets: draft
            .book
            .sheets
            .iter()
            .filter(|it| !it.rows.is_empty())
            .map(|it| {
                let label = if it.name.is_empty() { draft.file.clone() } else { it.name.clone() };
                (it.name.clone(), label, it.name == draft.mapping.sheet)
            })
            .collect(),
        notes: told,
        preview,
        letters: (0..sheet.map_or(0, |it| it.width().min(SHOWN.1))).map(letters).collect(),
        columns,
        names: headings.iter().map(|it| it.name.clone()).collect(),
        choices: choices(&questionnaire, language),
        levels: ["commune", "cercle", "region"].map(|it| (it, it == level)).to_vec(),
        errors,
        draft,
        chrome,
    })
}

#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Looked {
    feuille: Option<String>,
    titres: Option<String>,
}

pub(super) async fn columns(
    visit: Visit,
    Path(id): Path<String>,
    Query(looked): Query<Looked>,
) -> Result<Response, PageFailure> {
    let mut draft = Draft::clone(&*found(&visit, &id)?);
    if let Some(sheet) = looked.feuille {
        let line = looked.titres.and_then(|it| it.trim().parse().ok()).filter(|it| *it != 0);
        let questionnaire =
            visit.app.read::<_, Failure>(newest).await.map_err(PageFailure::from)?;
        // Another sheet has its own headings.
        let line = line.filter(|_| sheet == draft.mapping.sheet);
        draft.look_at(&sheet, line, &questionnaire);
        let id = DRAFTS.keep(&visit, draft);
        return Ok(Redirect::to(&address(&id, "colonnes")).into_response());
    }
    visit.page(&columns_view(&visit, &id, draft, Vec::new()).await?)
}

pub(super) async fn set_columns(
    visit: Visit,
    Path(id): Path<String>,
    Form(pairs): Form<Vec<(String, String)>>,
) -> Result<Response, PageFailure> {
    let mut draft = Draft::clone(&*found(&visit, &id)?);
    let fields: BTreeMap<&str, &str> =
        pairs.iter().map(|it| (it.0.as_str(), it.1.trim())).collect();
    let field = |name: &str| fields.get(name).copied().unwrap_or_default();
    let questionnaire = visit.app.read::<_, Failure>(newest).await.map_err(PageFailure::from)?;
    let headings = draft.headings();
    let mut wrong: Vec<Refused> = Vec::new();
    let mapping = &mut draft.mapping;
    mapping.place = field("lieu").to_owned();
    mapping.above = field("dans").to_owned();
    mapping.level = match field("niveau") {
        it @ ("cercle" | "region") => it.to_owned(),
        _ => "commune".to_owned(),
    };
    mapping.period_column = field("colonne_periode").to_owned();
    mapping.period = field("periode").to_owned();
    let has = |name: &str| headings.iter().any(|it| it.name == name);
    if !has(&mapping.place) {
        wrong.push(Refused::field("lieu", "crosscheck-no-place", ""));
    }
    let period = read_period(&mapping.period);
    if mapping.period_column.is_empty() {
        match period {
            None if mapping.period.is_empty() => {
                wrong.push(Refused::field("periode", "crosscheck-no-period", ""));
            }
            None => {
                let found = &mapping.period;
                wrong.push(Refused::field("periode", "crosscheck-not-a-period", found));
            }
            Some(it) => mapping.period = it.to_string(),
        }
    } else {
        mapping.period.clear();
    }
    for (name, kept) in [
        ("tolerance", &mut mapping.tolerance.percent),
        ("tolerance_absolue", &mut mapping.tolerance.absolute),
    ] {
        let typed = field(name);
        match read_number(if typed.is_empty() { "0" } else { typed }) {
            Some(it) if it >= Decimal::ZERO => *kept = it.normalize().to_string(),
            _ => wrong.push(Refused::field(name, "crosscheck-not-a-tolerance", typed)),
        }
    }
    mapping.columns.clear();
    let level = mapping.level();
    for it in headings.iter().take(usize::from(COLUMNS)) {
        let name = format!("donnee-{}", it.column);
        let typed = field(&name);
        if typed.is_empty() {
            continue;
        }
        let Some(text) = canonical(&questionnaire, typed) else {
            wrong.push(Refused::field(name, "crosscheck-no-target", typed));
            let column = Column {
                heading: it.name.clone(),
                target: typed.to_owned(),
                factor: "1".to_owned(),
            };
            mapping.columns.push(column);
            continue;
        };
        let factor = field(&format!("facteur-{}", it.column));
        let read = read_number(if factor.is_empty() { "1" } else { factor });
        let factor = match read.filter(|it| !it.is_zero()) {
            Some(it) => it.normalize().to_string(),
            None => {
                wrong.push(Refused::field(name.clone(), "crosscheck-not-a-factor", factor));
                "1".to_owned()
            }
        };
        if let Some(found) = target(&questionnaire, &text)
            && let Err(key) = fits(&questionnaire, found.cells.element, period, level)
        {
            wrong.push(Refused::field(name, key, &text));
        }
        mapping.columns.push(Column { heading: it.name.clone(), target: text, factor });
    }
    if mapping.columns.is_empty() {
        wrong.push(Refused::field("donnee-0", "crosscheck-no-column", ""));
    }
    if wrong.is_empty() {
        let id = DRAFTS.keep(&visit, draft);
        return Ok(Redirect::to(&address(&id, "lieux")).into_response());
    }
    let errors = wrong
        .iter()
        .map(|it| {
            let field = match it {
                Refused::Field { field, .. } => field.clone(),
                _ => String::new(),
            };
            (field, visit.app.tell(visit.language, &it.message()))
        })
        .collect();
    visit.correct(&columns_view(&visit, &id, draft, errors).await?)
}
