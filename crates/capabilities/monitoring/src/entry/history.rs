//! The history of a cell: every value that it had, typed, imported or filed, by whom, when and why.
//! Read from the journal itself; nothing else is kept, so nothing can disagree with it.

use super::ownership::name_of;
use super::page::{self, chrome, form_href};
use super::sheet::{cell_named, shown};
use crate::circuit::double_entry;
use crate::questionnaire::{self, CellId, Questionnaire};
use crate::store::{
    CELL_ENTERED, CellEntered, DRAFT_TAKEN_OVER, DraftTakenOver, RETURN_FILED, ReturnFiled,
    VALUES_CORRECTED, VALUES_IMPORTED, ValuesCorrected, ValuesImported, stored_value,
};
use crate::takeover::corrections_of;
use crate::values::Value;
use askama::Template;
use axum::extract::{Path, Query};
use axum::response::{IntoResponse, Redirect, Response};
use db::Tx;
use identity::Action;
use journal::{Entry, Journal};
use kernel::{Failure, Language, Quarter};
use serde::Deserialize;
use web::{Access, Chrome, PageFailure, Routes, Visit};

/// The quarters around the one asked whose returns may show a yearly cell.
const AROUND: i32 = 4;

pub(super) fn routes() -> Routes {
    let access = Access::Needs(Action::ReadUnpublished);
    Routes::new().get("/suivi/saisie/{unit}/{quarter}/{form}/historique", access, show)
}

/// What happened to a cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Happening {
    /// Somebody typed it.
    Typed,
    /// A file brought it.
    Imported,
    /// Somebody went on with another's draft.
    TakenOver,
    /// It was filed with its return.
    Filed,
    /// A file corrected it after its return was filed.
    Corrected,
}

/// One moment in the life of a cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Moment {
    /// What happened.
    pub happening: Happening,
    /// The value after it, as stored; `None` for no value.
    pub value: Option<String>,
    /// What was said of it.
    pub comment: String,
    /// Where it comes from; for an import, the name of the file.
    pub source: String,
    /// Why, as the act itself says.
    pub reason: String,
    /// Who: the name, or empty if this post does not know the person.
    pub name: String,
    /// In what office.
    pub office: String,
    /// When, by the author's clock, in milliseconds since 1970.
    pub at_millis: i64,
    /// The code of the act in the journal.
    pub mark: String,
}

/// The history of a cell of a unit, the oldest first. For those who may see what is not published.
///
/// # Errors
///
/// If the store fails.
pub fn history(
    tx: &mut Tx<'_>,
    questionnaire: &Questionnaire,
    (unit, quarter): (&str, Quarter),
    cell: CellId,
) -> Result<Vec<Moment>, Failure> {
    let rhythm = questionnaire.element(cell.element).rhythm;
    let period = rhythm.period(quarter);
    let (period_text, text) = (period.to_string(), questionnaire.cell_text(cell).to_owned());
    let form =
        &questionnaire.data_sets()[usize::from(questionnaire.element(cell.element).data_set)].code;
    let mut entries = Journal::history(tx, &format!("{unit}/{period_text}/{text}"), None)?;
    for it in (-AROUND..=AROUND).map(|it| quarter.plus(it)) {
        if rhythm.period(it) == period {
            entries.extend(Journal::history(tx, &format!("{unit}/{it}"), None)?);
            entries.extend(Journal::history(tx, &format!("{unit}/{it}/{form}"), None)?);
        }
    }
    entries.extend(Journal::history(tx, &corrections_of(unit), None)?);
    let rows = tx.query(include_str!("../sql/import_subjects.sql"), &[VALUES_IMPORTED.into()])?;
    for row in &rows {
        entries.extend(Journal::history(tx, row.text("subject")?, None)?);
    }
    entries.sort_by_key(|it| it.arrival);
    entries.dedup_by_key(|it| it.arrival);
    let at = (unit, period_text.as_str(), text.as_str());
    let mut found: Vec<Moment> = Vec::new();
    for entry in &entries {
        if let Some(it) = moment(tx, entry, at, found.last())? {
            found.push(it);
        }
    }
    Ok(found)
}

/// What an entry did to a cell; `None` if nothing.
fn moment(
    tx: &mut Tx<'_>,
    entry: &Entry,
    (unit, period, cell): (&str, &str, &str),
    before: Option<&Moment>,
) -> Result<Option<Moment>, Failure> {
    if entry.payload.is_empty() {
        return Ok(None);
    }
    let broken = |it: journal::FoldError| Failure::broken(it);
    let held = || before.and_then(|it| it.value.clone());
    let (happening, value, comment, source) = match entry.kind.as_str() {
        CELL_ENTERED => {
            let it: CellEntered = entry.read().map_err(broken)?;
            (Happening::Typed, it.value, it.comment, it.source)
        }
        VALUES_IMPORTED => {
            let it: ValuesImported = entry.read().map_err(broken)?;
            let found = it.cells.into_iter().find(|it| {
                (it.unit.as_str(), it.period.as_str(), &*it.cell) == (unit, period, cell)
            });
            let Some(found) = found else { return Ok(None) };
            (Happening::Imported, Some(found.value), None, Some(it.file))
        }
        DRAFT_TAKEN_OVER => {
            let it: DraftTakenOver = entry.read().map_err(broken)?;
            if !it.cells.iter().any(|it| (it.0.as_str(), it.1.as_str()) == (period, cell)) {
                return Ok(None);
            }
            (Happening::TakenOver, held(), None, None)
        }
        VALUES_CORRECTED => {
            let it: ValuesCorrected = entry.read().map_err(broken)?;
            let found = it.quarters.get(period).and_then(|it| it.values.get(cell));
            let Some(value) = found.filter(|_| it.unit == unit) else { return Ok(None) };
            (Happening::Corrected, Some(value.clone()), None, Some(it.file))
        }
        RETURN_FILED => {
            let it: ReturnFiled = entry.read().map_err(broken)?;
            let of = |texts: &std::collections::BTreeMap<
                _,
                std::collections::BTreeMap<_, String>,
            >| { texts.get(period).and_then(|it| it.get(cell)).cloned() };
            let value = of(&it.values);
            // A return that does not hold the cell says nothing of a cell that never was.
            if value.is_none() && before.is_none() {
                return Ok(None);
            }
            (Happening::Filed, value, of(&it.comments), of(&it.sources))
        }
        _ => return Ok(None),
    };
    Ok(Some(Moment {
        happening,
        value,
        comment: comment.unwrap_or_default(),
        source: source.unwrap_or_default(),
        reason: entry.reason.clone(),
        name: name_of(tx, &entry.person)?,
        office: entry.office.clone(),
        at_millis: entry.at_millis,
        mark: entry.mark(),
    }))
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Asked {
    case: String,
}

#[derive(Template)]
#[template(path = "entry/history.html")]
struct View {
    chrome: Chrome,
    label: String,
    form: String,
    form_href: String,
    /// Each moment with its value as people read it, the latest first.
    moments: Vec<(Moment, String)>,
}

impl View {
    fn key(&self, it: &Moment) -> &'static str {
        match it.happening {
            Happening::Typed => "history-typed",
            Happening::Imported => "history-imported",
            Happening::TakenOver => "history-taken-over",
            Happening::Filed => "history-filed",
            Happening::Corrected => "history-corrected",
        }
    }

    fn icon(&self, it: &Moment) -> &'static str {
        match it.happening {
            Happening::Filed => "done",
            Happening::Imported | Happening::Corrected => "file",
            Happening::Typed | Happening::TakenOver => "draft",
        }
    }

    fn who(&self, it: &Moment) -> String {
        let parts = [it.name.as_str(), it.office.as_str()];
        parts.into_iter().filter(|it| !it.is_empty()).collect::<Vec<_>>().join(", ")
    }

    fn day(&self, it: &Moment) -> String {
        kernel::Date::from_millis(it.at_millis).to_string()
    }

    fn instant(&self, it: &Moment) -> String {
        self.chrome.language().instant(it.at_millis)
    }
}

/// A stored value as people read it; words for none and for « ne sait pas ».
pub(crate) fn said(
    visit: &Visit,
    questionnaire: &Questionnaire,
    cell: CellId,
    value: Option<&str>,
) -> String {
    let say = |key: &str| visit.app.catalogue().say(visit.language, key, &[]);
    let element = questionnaire.element(cell.element);
    let Some(value) = value.and_then(|it| stored_value(element, it)) else {
        return say("history-empty");
    };
    match (element.kind, &value) {
        (_, Value::Unknown) => say("grid-unknown-long"),
        (questionnaire::Kind::YesNo, Value::Number(it)) if it.is_zero() => say("word-no"),
        (questionnaire::Kind::YesNo, Value::Number(_)) => say("word-yes"),
        (questionnaire::Kind::Choice(dimension), Value::Choice(code)) => {
            let options = &questionnaire.dimensions()[usize::from(dimension)].options;
            let found = options.iter().find(|it| it.code == *code);
            found.map_or_else(|| code.clone(), |it| it.label.say(visit.language).to_owned())
        }
        (_, it) => shown(visit.language, it),
    }
}

/// What a cell asks, with its options.
pub(crate) fn label(questionnaire: &Questionnaire, cell: CellId, language: Language) -> String {
    let element = questionnaire.element(cell.element);
    let options = questionnaire.cell_options(cell);
    let words = std::iter::once(element.label.say(language))
        .chain(options.map(|(_, it)| it.label.say(language)));
    words.collect::<Vec<_>>().join(", ")
}

async fn show(
    visit: Visit,
    Path((unit, quarter, form)): Path<(String, String, String)>,
    Query(asked): Query<Asked>,
) -> Result<Response, PageFailure> {
    let quarter = page::quarter(&quarter, visit.today())?;
    let (actor, code, named) = (visit.actor.clone(), unit.clone(), form.clone());
    let read = visit.app.read(move |tx| {
        let ground = page::visible(tx, &actor, &code, quarter)?;
        let held = questionnaire::in_force(tx, quarter)?;
        let cell = cell_named(&held, &asked.case).ok_or(Failure::NotFound)?;
        // Whoever keys the form for the second time does not see the first keying.
        let hidden = double_entry::is_hidden_from(tx, &actor, (&code, quarter, &named))?;
        let moments = history(tx, &held, (&code, quarter), cell)?;
        Ok((ground, held, cell, (!hidden).then_some(moments)))
    });
    let (ground, held, cell, moments) = read.await.map_err(|it: Failure| PageFailure::from(it))?;
    if held.data_set(&form).map(|it| it.0) != Some(held.element(cell.element).data_set) {
        return Err(PageFailure::NotFound);
    }
    let Some(moments) = moments else {
        return Ok(Redirect::to(&crate::paper::second_href(&unit, quarter, &form)).into_response());
    };
    let label = label(&held, cell, visit.language);
    let title = visit.app.catalogue().say(visit.language, "entry-history", &[]);
    let moments = moments.into_iter().rev().map(|it| {
        let value = said(&visit, &held, cell, it.value.as_deref());
        (it, value)
    });
    let tier = held.element(cell.element).tier;
    visit.page(&View {
        moments: moments.collect(),
        chrome: chrome(&visit, title, &ground, quarter),
        label,
        form_href: form_href(
            (&unit, quarter, &form),
            tier,
            &format!("p-{}", held.element(cell.element).code),
        ),
        form,
    })
}
