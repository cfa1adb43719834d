//! The form of a unit, to be typed by keyboard: each cell saved when it is left, or the whole form
//! at once where no script runs.

use super::page::{self, chrome, form_href, forms_href, gravity, severity_key, tier, tier_word};
use super::{
    CellRefused, Note, Offer, Offered, Part, Question, Refusals, Row, Sheet, Theirs, Typed, enter,
    sheet,
};
use crate::circuit::{self, About, Thread, double_entry};
use crate::questionnaire::{self, Severity, Tier};
use askama::Template;
use axum::extract::{Path, Query};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use identity::Action;
use kernel::{Failure, Message, Period, Quarter, Reject, Stop};
use serde::Deserialize;
use std::collections::BTreeMap;
use web::{Access, Chrome, Form, PageFailure, Routes, Visit};

pub(super) fn routes(offer: Offer) -> Routes {
    let read = Access::Needs(Action::ReadUnpublished);
    let write = Access::Needs(Action::EnterValues);
    Routes::new()
        .get(
            "/suivi/saisie/{unit}/{quarter}/{form}",
            read,
            move |visit: Visit, at: Path<At>, asked: Query<Asked>| show(offer, visit, at, asked),
        )
        .post("/suivi/saisie/{unit}/{quarter}/{form}", write, save)
        .post("/suivi/saisie/{unit}/{quarter}/{form}/cellule", write, save_cell)
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Asked {
    palier: String,
    enregistre: Option<usize>,
    papier: String,
}

type At = (String, String, String);

#[derive(Template)]
#[template(path = "entry/grid.html")]
struct View {
    chrome: Chrome,
    sheet: Sheet,
    form: String,
    label: String,
    tier: &'static str,
    may_type: bool,
    may_ask: bool,
    saved: Option<usize>,
    locked_by: String,
    refusals: Vec<(String, String)>,
    previous: Option<(String, String)>,
    next: Option<(String, String)>,
    /// The code of the paper that is typed, and what is wrong with it.
    paper: Option<(String, Option<String>)>,
    /// What another part of the product counts of the same things.
    offered: Option<Offered>,
}

/// The alerts under one element, as the page and the script show them.
#[derive(Template)]
#[template(path = "entry/notes.html")]
struct Notes<'a> {
    chrome: &'a Chrome,
    notes: Vec<&'a Note>,
}

impl Notes<'_> {
    fn gravity(&self, severity: &Severity) -> &'static str {
        gravity(*severity)
    }

    fn severity(&self, severity: &Severity) -> String {
        self.chrome.t(severity_key(*severity))
    }

    fn href(&self, note: &Note) -> String {
        alerts_href(note)
    }
}

fn notes(chrome: &Chrome, sheet: &Sheet, part: &str) -> Result<String, askama::Error> {
    Notes { chrome, notes: sheet.notes_of(part).collect() }.render()
}

fn alerts_href(note: &Note) -> String {
    let (unit, quarter) = (&note.doubt.alert.unit, note.doubt.alert.quarter);
    format!("/suivi/alertes/{unit}/{quarter}#{}", note.doubt.anchor())
}

impl View {
    fn error(&self, row: &Row) -> Option<&str> {
        self.refusals.iter().find(|it| it.0 == row.name).map(|it| it.1.as_str())
    }

    fn readonly(&self) -> bool {
        !self.may_type || !self.sheet.is_open()
    }

    fn period(&self, period: &Period) -> String {
        self.chrome.language().period(*period)
    }

    /// What is said under an element.
    fn notes(&self, part: &Part) -> Result<String, askama::Error> {
        notes(&self.chrome, &self.sheet, &part.code)
    }

    /// The colour of an element that an alert doubts.
    fn doubted(&self, part: &Part) -> &'static str {
        self.sheet.gravest(&part.code).map(gravity).unwrap_or_default()
    }

    fn described(&self, row: &Row, part: &Part) -> String {
        let mut ids = Vec::new();
        if self.error(row).is_some() {
            ids.push(format!("e-{}", row.name));
        }
        if self.sheet.notes_of(&part.code).next().is_some() {
            ids.push(format!("n-{}", part.code));
        }
        ids.join(" ")
    }

    fn last(&self, row: &Row) -> String {
        match (&row.question, row.last.as_str()) {
            (Question::YesNo, "1") => self.chrome.t("word-yes"),
            (Question::YesNo, "0") => self.chrome.t("word-no"),
            (_, it) => it.to_owned(),
        }
    }

    /// The questions about a cell: address, words, icon and state.
    fn asked(&self, row: &Row) -> Vec<(String, String, &'static str, String)> {
        let name = self.sheet.questionnaire.cell_text(row.cell);
        let here = |it: &&Thread| matches!(&it.about, About::Cell(text) if text == name);
        let line = |it: &Thread| {
            let text = it.question().map(|it| it.text.clone()).unwrap_or_default();
            let word = self.chrome.t(&format!("question-{}", it.turn().word()));
            (format!("/suivi/question/{}", it.mark), text, it.turn().kind(), word)
        };
        self.sheet.questions.iter().filter(here).map(line).collect()
    }

    /// What another part of the product counts for a cell: the number, and the page that explains
    /// it.
    fn offered(&self, row: &Row) -> Option<(String, &str)> {
        let it = self.offered.as_ref()?;
        let value = it.cells.get(self.sheet.questionnaire.cell_text(row.cell))?;
        let told = match &row.question {
            Question::YesNo if *value == 1 => self.chrome.t("word-yes"),
            _ => self.chrome.language().integer(*value),
        };
        Some((told, &it.href))
    }

    /// Where a question on a cell is written.
    fn ask_href(&self, row: &Row) -> String {
        let about = About::Cell(self.sheet.questionnaire.cell_text(row.cell).to_owned());
        circuit::ask_href(self.sheet.ground.place(), self.sheet.quarter, &about)
    }

    fn alerts_href(&self, note: &Note) -> String {
        alerts_href(note)
    }

    /// Whose draft it is.
    fn theirs(&self, it: &Theirs) -> String {
        let language = self.chrome.language();
        let who = match it.name.as_str() {
            "" => self.chrome.t("entry-somebody"),
            name => name.to_owned(),
        };
        let told = Message::new("entry-theirs-title")
            .with("who", who)
            .with("count", it.cells)
            .with("instant", language.instant(it.at_millis));
        self.chrome.tell(&told)
    }

    /// Where the log of support is read.
    fn support_href(&self) -> String {
        crate::support::href(self.sheet.ground.place())
    }

    fn history_href(&self, row: &Row) -> String {
        format!("{}/historique?case={}", self.action(), row.name)
    }

    fn forms_href(&self) -> String {
        forms_href(self.sheet.ground.place(), self.sheet.quarter, self.sheet.tier)
    }

    fn here(&self, tier: &str) -> String {
        let at = (self.sheet.ground.place(), self.sheet.quarter, self.form.as_str());
        form_href(at, page::tier(tier), "")
    }

    fn action(&self) -> String {
        format!("/suivi/saisie/{}/{}/{}", self.sheet.ground.place(), self.sheet.quarter, self.form)
    }
}

async fn read(visit: &Visit, at: &At, tier: Tier) -> Result<Sheet, PageFailure> {
    let quarter = page::quarter(&at.1, visit.today())?;
    let (unit, form) = (at.0.clone(), at.2.clone());
    let (actor, language) = (visit.actor.clone(), visit.language);
    let found = visit
        .app
        .read(move |tx| {
            page::visible(tx, &actor, &unit, quarter)?;
            sheet(tx, &actor, (&unit, quarter, &form), tier, language)
        })
        .await;
    found.map_err(|it: Failure| PageFailure::from(it))?.ok_or(PageFailure::NotFound)
}

fn view(visit: &Visit, at: &At, sheet: Sheet) -> Result<View, PageFailure> {
    let questionnaire = std::sync::Arc::clone(&sheet.questionnaire);
    let set = &questionnaire.data_sets()[usize::from(sheet.data_set)];
    let language = visit.language;
    let label = set.label.say(language).to_owned();
    let forms: Vec<_> = questionnaire
        .data_sets()
        .iter()
        .filter(|it| it.in_force && it.level == sheet.level())
        .collect();
    let here = forms.iter().position(|it| it.code == at.2).unwrap_or_default();
    let link = |it: &&crate::questionnaire::DataSet| {
        let at = (at.0.as_str(), sheet.quarter, it.code.as_str());
        (form_href(at, sheet.tier, ""), format!("{} {}", it.code, it.label.say(language)))
    };
    let locked_by = match &sheet.locked {
        Some(by) => {
            let rule =
                crate::circuit::Refused::locked(sheet.quarter, by, sheet.ground.name(&by.place));
            visit.app.tell(language, &rule.message())
        }
        None => String::new(),
    };
    let object = sheet.ground.object(&at.0);
    Ok(View {
        chrome: chrome(visit, format!("{} {label}", at.2), &sheet.ground, sheet.quarter),
        form: at.2.clone(),
        label,
        tier: tier_word(sheet.tier),
        may_type: visit.may(Action::EnterValues, &object),
        may_ask: circuit::may_ask(&visit.actor, &sheet.ground, &at.0),
        saved: None,
        locked_by,
        refusals: Vec::new(),
        previous: here.checked_sub(1).and_then(|it| forms.get(it)).map(link),
        next: forms.get(here + 1).map(link),
        paper: None,
        offered: None,
        sheet,
    })
}

/// Whether the person is typing this form for the second time: the first typing is not theirs to
/// see before the comparison.
async fn is_hidden(visit: &Visit, sheet: &Sheet, form: &str) -> Result<bool, PageFailure> {
    let (actor, form) = (visit.actor.clone(), form.to_owned());
    let (unit, quarter) = (sheet.ground.place().to_owned(), sheet.quarter);
    let hidden =
        visit.app.read(move |tx| double_entry::is_hidden_from(tx, &actor, (&unit, quarter, &form)));
    hidden.await.map_err(|it: Failure| PageFailure::from(it))
}

async fn show(
    offer: Offer,
    visit: Visit,
    Path(at): Path<At>,
    Query(asked): Query<Asked>,
) -> Result<Response, PageFailure> {
    let sheet = read(&visit, &at, tier(&asked.palier)).await?;
    let (unit, period) = (at.0.clone(), sheet.period);
    let offered = visit.app.read(move |tx| offer(tx, &unit, period)).await;
    let offered = offered.map_err(|it: Failure| PageFailure::from(it))?;
    if is_hidden(&visit, &sheet, &at.2).await? {
        let there = crate::paper::second_href(&at.0, sheet.quarter, &at.2);
        return Ok(Redirect::to(&there).into_response());
    }
    let paper = crate::paper::banner(&visit, &sheet, &asked.papier);
    visit.page(&View { saved: asked.enregistre, paper, offered, ..view(&visit, &at, sheet)? })
}

/// The fields of a whole form: `v.{cell}` what is typed, `o.{cell}` what the page held, `c.{cell}`
/// what is said of it, `s.{cell}` where it comes from, `nsp` the cells that nobody knows.
struct Fields {
    tier: Tier,
    cells: BTreeMap<String, Typed>,
}

impl Fields {
    fn read(pairs: Vec<(String, String)>) -> Self {
        let mut fields = Self { tier: Tier::Core, cells: BTreeMap::new() };
        for (name, text) in pairs {
            if name == "palier" {
                fields.tier = tier(&text);
            } else if name == "nsp" {
                fields.cells.entry(text).or_default().unknown = true;
            } else if let Some(cell) = name.strip_prefix("v.") {
                fields.cells.entry(cell.to_owned()).or_default().text = text;
            } else if let Some(cell) = name.strip_prefix("o.") {
                fields.cells.entry(cell.to_owned()).or_default().before = Some(text);
            } else if let Some(cell) = name.strip_prefix("s.") {
                fields.cells.entry(cell.to_owned()).or_default().source = Some(text);
            } else if let Some(cell) = name.strip_prefix("c.") {
                fields.cells.entry(cell.to_owned()).or_default().comment = Some(text);
            }
        }
        fields
    }
}

async fn save(
    visit: Visit,
    Path(at): Path<At>,
    Form(pairs): Form<Vec<(String, String)>>,
) -> Result<Response, PageFailure> {
    let fields = Fields::read(pairs);
    let sheet = read(&visit, &at, fields.tier).await?;
    let quarter = sheet.quarter;
    // Paper order, so that refusals are told in it.
    let rows = sheet.parts.iter().flat_map(|it| &it.rows);
    let typed: Vec<_> =
        rows.filter_map(|it| Some((it.cell, fields.cells.get(&it.name)?.clone()))).collect();
    let unit = at.0.clone();
    let done = visit.app.write(&visit.actor, move |ctx| enter(ctx, &unit, quarter, &typed)).await;
    match done {
        Ok(count) => {
            let here = form_href((&at.0, quarter, &at.2), fields.tier, "");
            Ok(Redirect::to(&format!("{here}&enregistre={count}")).into_response())
        }
        Err(Stop::Refused(refusals)) => {
            let mut view = view(&visit, &at, sheet)?;
            view.refusals = told(&visit, &view.sheet, &refusals);
            typed_again(&mut view.sheet, &fields.cells);
            visit.correct(&view)
        }
        Err(Stop::Failed(failure)) => Err(failure.into()),
    }
}

/// Each refusal with the name of its field; that of the whole form goes with the first field.
fn told(visit: &Visit, sheet: &Sheet, refusals: &Refusals) -> Vec<(String, String)> {
    let rows = || sheet.parts.iter().flat_map(|it| &it.rows);
    let first = rows().next().map(|it| it.name.clone()).unwrap_or_default();
    refusals
        .0
        .iter()
        .map(|(cell, rule)| {
            let row = cell.and_then(|cell| rows().find(|it| it.cell == cell));
            let name = row.map_or_else(|| first.clone(), |it| it.name.clone());
            (name, visit.app.tell(visit.language, &rule.message()))
        })
        .collect()
}

/// What the person typed, back in its fields.
fn typed_again(sheet: &mut Sheet, cells: &BTreeMap<String, Typed>) {
    for row in sheet.parts.iter_mut().flat_map(|it| &mut it.rows) {
        if let Some(typed) = cells.get(&row.name) {
            row.value.clone_from(&typed.text);
            row.unknown = typed.unknown;
            if let Some(comment) = &typed.comment {
                row.comment.clone_from(comment);
            }
            if let Some(source) = &typed.source {
                row.source.clone_from(source);
            }
        }
    }
}

/// One cell, as the script of the grid sends it.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Cell {
    palier: String,
    case: String,
    valeur: String,
    nsp: String,
    note: String,
    source: String,
    avant: String,
}

async fn save_cell(
    visit: Visit,
    Path(at): Path<At>,
    Form(cell): Form<Cell>,
) -> Result<Response, PageFailure> {
    let quarter: Quarter = page::quarter(&at.1, visit.today())?;
    let held: Result<_, Failure> =
        visit.app.read(move |tx| questionnaire::in_force(tx, quarter)).await;
    let held = held.map_err(PageFailure::from)?;
    let id = super::sheet::cell_named(&held, &cell.case).ok_or(PageFailure::NotFound)?;
    let typed = Typed {
        text: cell.valeur.clone(),
        unknown: cell.nsp == "oui",
        comment: Some(cell.note.clone()),
        source: Some(cell.source.clone()),
        before: Some(cell.avant.clone()),
    };
    let unit = at.0.clone();
    let done =
        visit.app.write(&visit.actor, move |ctx| enter(ctx, &unit, quarter, &[(id, typed)])).await;
    match done {
        Ok(_) => {
            let sheet = read(&visit, &at, tier(&cell.palier)).await?;
            Ok(axum::Json(answer(&visit, &sheet, &cell.case)?).into_response())
        }
        Err(Stop::Refused(refusals)) => {
            let rule = refusals.0.first().map(|it| &it.1);
            let message = rule.map(|it| visit.app.tell(visit.language, &it.message()));
            let held = match rule {
                Some(CellRefused::Changed { theirs, .. }) => Some(theirs.clone()),
                _ => None,
            };
            let status = match held {
                Some(_) => StatusCode::CONFLICT,
                None => StatusCode::UNPROCESSABLE_ENTITY,
            };
            let body = serde_json::json!({ "message": message, "held": held });
            Ok((status, axum::Json(body)).into_response())
        }
        Err(Stop::Failed(failure)) => Err(failure.into()),
    }
}

/// What the page must show after a cell was saved.
fn answer(visit: &Visit, sheet: &Sheet, name: &str) -> Result<serde_json::Value, PageFailure> {
    let say = |key: &str| visit.app.catalogue().say(visit.language, key, &[]);
    let row = sheet.row(name);
    let totals: BTreeMap<&str, serde_json::Value> = sheet
        .parts
        .iter()
        .filter_map(|it| {
            let total = it.total.as_ref()?;
            let words = if total.whole { "entry-total" } else { "entry-total-so-far" };
            let said = serde_json::json!({ "value": total.value, "label": say(words) });
            Some((it.code.as_str(), said))
        })
        .collect();
    let chrome = visit.chrome("nav-monitoring");
    let mut said = BTreeMap::new();
    for part in &sheet.parts {
        if let Some(gravest) = sheet.gravest(&part.code) {
            let html = notes(&chrome, sheet, &part.code).map_err(Failure::broken)?;
            let note = serde_json::json!({ "gravity": gravity(gravest), "html": html });
            said.insert(part.code.as_str(), note);
        }
    }
    let done = sheet.completeness.filled + sheet.completeness.unknown;
    let instant = visit.language.instant(visit.now_millis);
    let clock = instant.rsplit(' ').next().unwrap_or_default().to_owned();
    Ok(serde_json::json!({
        "value": row.map(|it| it.value.as_str()),
        "held": row.map(|it| it.held.as_str()),
        "unknown": row.is_some_and(|it| it.unknown),
        "done": done,
        "cells": sheet.completeness.cells,
        "open": sheet.open,
        "saved": visit.app.catalogue().say(visit.language, "entry-saved-at", &[("time", clock)]),
        "totals": totals,
        "notes": said,
    }))
}
