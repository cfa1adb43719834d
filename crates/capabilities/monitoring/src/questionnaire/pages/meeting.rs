//! Editions that met, side by side: what each changes, where they say something else, and the
//! choice of a person.

use super::read::{begins, say_of};
use super::{EDIT, fields, row_href, shown};
use crate::analysis::Say;
use crate::questionnaire::meeting::{self, Chosen};
use crate::questionnaire::{
    Change, DraftRefused as Refused, Issued, Meeting, Series, Sheet, Tables, french, series,
};
use askama::Template;
use axum::extract::Query;
use axum::response::{IntoResponse, Redirect, Response};
use identity::Object;
use kernel::{Failure, Reject, Stop};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::sync::Arc;
use web::{Access, Chrome, Form, PageFailure, Routes, Visit};

pub(super) fn routes() -> Routes {
    Routes::new().get("/suivi/questionnaire/rencontre", Access::Public, show).post(
        "/suivi/questionnaire/rencontre",
        Access::Needs(EDIT),
        act,
    )
}

/// The address of a meeting.
pub(super) fn href(after: &str) -> String {
    format!("/suivi/questionnaire/rencontre?apres={}", crate::analysis::encoded(after))
}

/// One of the editions that met.
struct Candidate {
    entry: String,
    letter: char,
    title: String,
    issued: String,
    from: String,
    count: String,
    holds: bool,
    /// How many of its rows the one that holds leaves alone.
    untaken: usize,
}

/// A row that at least one of them changes: what each does with it.
struct Line {
    key: String,
    name: String,
    sheet: String,
    href: String,
    cells: Vec<(String, Vec<Part>)>,
    differs: bool,
}

/// What an edition writes in one column.
struct Part {
    column: String,
    text: String,
}

#[derive(Template)]
#[template(path = "questionnaire/meeting.html")]
struct View {
    chrome: Chrome,
    after: String,
    base: String,
    lede: String,
    candidates: Vec<Candidate>,
    differing: Vec<Line>,
    alike: Vec<Line>,
    summary: String,
    /// Who chose, and why.
    chosen: Option<(String, String)>,
    on_top: Vec<String>,
    may_edit: bool,
    wanted: String,
    reason: String,
    reason_error: String,
    errors: Vec<(&'static str, String)>,
}

/// What one edition does with a row, in words: a short verb, and what it writes.
fn does(say: &Say<'_>, base: &Tables, change: Option<&Change>) -> (String, Vec<Part>) {
    let Some(change) = change else { return (say.t("meeting-leaves"), Vec::new()) };
    let Some(cells) = &change.cells else { return (say.t("edition-retired"), Vec::new()) };
    let is_new = base.row(change.sheet, &change.key).is_none();
    let columns = fields::columns(change.sheet).iter();
    let parts = columns.filter_map(|(column, typing)| {
        let text = cells.get(*column)?;
        let text = match text.as_str() {
            "" => "–".to_owned(),
            text => shown::text(text, *typing),
        };
        Some(Part { column: say.t(&fields::word(column)), text })
    });
    let word = if is_new { "edition-added" } else { "edition-changed" };
    (say.t(word), parts.collect())
}

fn lines(say: &Say<'_>, base: &Tables, meeting: &Meeting) -> Vec<Line> {
    let mut order: Vec<(Sheet, String)> = Vec::new();
    let mut by_row: BTreeMap<(Sheet, String), Vec<Option<&Change>>> = BTreeMap::new();
    for (at, edition) in meeting.editions.iter().enumerate() {
        for change in &edition.changes {
            let row = (change.sheet, change.key.clone());
            let held = by_row.entry(row.clone()).or_insert_with(|| {
                order.push(row);
                vec![None; meeting.editions.len()]
            });
            held[at] = Some(change);
        }
    }
    order.sort_by_key(|it| it.0);
    let line = |(sheet, key): (Sheet, String)| {
        let changes = by_row.remove(&(sheet, key.clone())).unwrap_or_default();
        let alike = |it: &Option<&Change>| {
            let content = |it: &Option<&Change>| it.map(|it| it.cells.clone());
            content(it) == content(&changes[0])
        };
        // The name as one of them writes it, or as it was.
        let written = changes.iter().flatten().find_map(|it| it.cells.as_ref()?.get("libelle_fr"));
        let before = base.row(sheet, &key);
        let name = match (before, written) {
            (Some(row), _) => shown::name(row, say.language),
            (None, Some(text)) => french(text),
            (None, None) => String::new(),
        };
        Line {
            name,
            sheet: say.t(&format!("questionnaire-sheet-{}", sheet.word())),
            href: match before {
                Some(_) => row_href(sheet, &key, None),
                None => String::new(),
            },
            differs: !changes.iter().all(alike),
            cells: changes.iter().map(|it| does(say, base, *it)).collect(),
            key,
        }
    };
    order.into_iter().map(line).collect()
}

/// The same, in an order that no choice changes: an edition keeps its letter.
fn in_order(meeting: &Meeting) -> Meeting {
    let mut shown = meeting.clone();
    shown.editions.sort_by(|a, b| (a.day, &a.entry).cmp(&(b.day, &b.entry)));
    shown
}

fn candidate(say: &Say<'_>, meeting: &Meeting, (at, it): (usize, &Issued)) -> Candidate {
    let arguments = [("day", say.language.long_date(it.day)), ("office", it.office.clone())];
    Candidate {
        entry: it.entry.clone(),
        letter: char::from(b'A' + u8::try_from(at.min(25)).unwrap_or_default()),
        title: french(&it.title),
        issued: say.with("questionnaire-met-issued", &arguments),
        from: say.with("questionnaire-edition-from", &[("quarter", say.language.quarter(it.from))]),
        count: say.with("meeting-changes", &[("count", it.changes.len().to_string())]),
        holds: meeting.editions.first().is_some_and(|held| held.entry == it.entry),
        untaken: meeting::untaken(meeting, &it.entry).len(),
    }
}

fn view(
    visit: &Visit,
    series: &Series,
    found: &Meeting,
    chosen: Option<&Chosen>,
) -> Result<View, PageFailure> {
    let say = say_of(visit);
    let base = meeting::ground(series, found).ok_or(PageFailure::NotFound)?;
    let at = series.editions.marked(&found.after).ok_or(PageFailure::NotFound)?;
    let in_order = in_order(found);
    let (differing, alike): (Vec<Line>, Vec<Line>) =
        lines(&say, base, &in_order).into_iter().partition(|it| it.differs);
    let counts = [("differing", differing.len().to_string()), ("alike", alike.len().to_string())];
    let number = [("number", series.number(at).to_string())];
    let told = |it: &Chosen| {
        let arguments = [("day", visit.language.long_date(it.day)), ("office", it.office.clone())];
        (say.with("meeting-chosen", &arguments), french(&it.reason))
    };
    Ok(View {
        after: found.after.clone(),
        base: say.with(
            "questionnaire-edition-shown",
            &[("number", series.number(at).to_string()), ("from", begins(&say, series, at))],
        ),
        lede: say.with("meeting-lede", &number),
        candidates: in_order
            .editions
            .iter()
            .enumerate()
            .map(|it| candidate(&say, found, it))
            .collect(),
        differing,
        alike,
        summary: say.with("meeting-summary", &counts),
        chosen: chosen.map(told),
        on_top: meeting::on_top(series, found).iter().map(|it| french(&it.title)).collect(),
        may_edit: visit.may(EDIT, &Object::Post),
        wanted: found.editions.first().map(|it| it.entry.clone()).unwrap_or_default(),
        reason: String::new(),
        reason_error: String::new(),
        errors: Vec::new(),
        chrome: visit.chrome("questionnaire-met"),
    })
}

#[derive(Clone, Default, Deserialize)]
#[serde(default)]
struct Asked {
    apres: String,
}

async fn read(
    visit: &Visit,
    after: &str,
) -> Result<(Arc<Series>, Meeting, Option<Chosen>), PageFailure> {
    let after = after.to_owned();
    let found: Result<Option<_>, Failure> = visit
        .app
        .read(move |tx| {
            let series = series(tx)?;
            let Some(found) = series.meetings.iter().find(|it| it.after == after).cloned() else {
                return Ok(None);
            };
            let chosen = meeting::chosen(tx, &found)?;
            Ok(Some((series, found, chosen)))
        })
        .await;
    found?.ok_or(PageFailure::NotFound)
}

async fn show(visit: Visit, Query(asked): Query<Asked>) -> Result<Response, PageFailure> {
    let (series, found, chosen) = read(&visit, &asked.apres).await?;
    visit.page(&view(&visit, &series, &found, chosen.as_ref())?)
}

#[derive(Clone, Default, Deserialize)]
#[serde(default)]
struct Fields {
    acte: String,
    apres: String,
    edition: String,
    motif: String,
}

async fn act(visit: Visit, Form(fields): Form<Fields>) -> Result<Response, PageFailure> {
    let given = fields.clone();
    let done: Result<(), Stop<Refused>> = visit
        .app
        .write(&visit.actor, move |ctx| match given.acte.as_str() {
            "retenir" => meeting::choose(ctx, &given.apres, &given.edition, &given.motif),
            "reprendre" => meeting::take_up(ctx, &given.apres, &given.edition),
            _ => Err(Stop::Failed(Failure::NotFound)),
        })
        .await;
    match done {
        Ok(()) if fields.acte == "reprendre" => {
            Ok(Redirect::to("/suivi/questionnaire/modifier").into_response())
        }
        Ok(()) => Ok(Redirect::to(&href(&fields.apres)).into_response()),
        Err(Stop::Refused(rule)) => {
            let (series, found, chosen) = read(&visit, &fields.apres).await?;
            let mut view = view(&visit, &series, &found, chosen.as_ref())?;
            let field = match &rule {
                Refused::NoReason | Refused::TooLong(_) => "motif",
                _ => "edition",
            };
            let told = visit.app.tell(visit.language, &rule.message());
            if field == "motif" {
                view.reason_error = told.clone();
            }
            view.errors.push((field, told));
            (view.wanted, view.reason) = (fields.edition, fields.motif);
            visit.correct(&view)
        }
        Err(Stop::Failed(failure)) => Err(failure.into()),
    }
}
