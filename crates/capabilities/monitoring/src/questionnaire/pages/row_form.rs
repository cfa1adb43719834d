//! Changing one row of the edition in preparation, with a preview on real values: at a button, and
//! while one types where scripts run.

use super::board::{Wrong, wrong};
use super::fields::{self, Typing};
use super::read::say_of;
use super::{EDIT, edit_href, preview, shown};
use crate::analysis::Say;
use crate::questionnaire::{
    ContentError, DraftRefused as Refused, Questionnaire, Row, Sheet, Working, change_of, retire,
    undo, working, write_row,
};
use askama::Template;
use axum::extract::{Path, Query};
use axum::response::{IntoResponse, Redirect, Response};
use db::Tx;
use kernel::{Failure, Reject, Stop};
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};
use web::{Access, Chrome, Form, PageFailure, Routes, Visit};

pub(super) fn routes() -> Routes {
    let nation = Access::Needs(EDIT);
    Routes::new().get("/suivi/questionnaire/modifier/{sheet}/ligne", nation, show).post(
        "/suivi/questionnaire/modifier/{sheet}/ligne",
        nation,
        act,
    )
}

#[derive(Clone, Default, Deserialize)]
#[serde(default)]
struct Asked {
    cle: String,
    fait: String,
}

struct Field {
    column: &'static str,
    name: String,
    value: String,
    /// `text`, `long`, `word`, `formula`, `number`, `fixed`.
    kind: &'static str,
    options: Vec<(String, String)>,
    was: String,
    error: String,
}

struct Line {
    place: String,
    before: String,
    after: String,
    fraction: String,
    answered: String,
}

#[derive(Default)]
struct Preview {
    told: Vec<(String, String, String)>,
    caption: String,
    lines: Vec<Line>,
    others: Vec<(String, String, String, String)>,
    alerts: String,
    sentences: Vec<String>,
    is_unknown: bool,
}

#[derive(Template)]
#[template(path = "questionnaire/row_form.html")]
struct View {
    chrome: Chrome,
    sheet: Sheet,
    list_name: String,
    title: String,
    key: String,
    action: String,
    fields: Vec<Field>,
    places: Vec<(String, String, bool)>,
    is_new: bool,
    is_changed: bool,
    saved: bool,
    wrong: Vec<Wrong>,
    refusal: Option<String>,
    preview: Option<Preview>,
    quarter: String,
}

impl View {
    fn list(&self) -> String {
        format!("/suivi/questionnaire/modifier/{}", self.sheet.word())
    }
}

fn view(visit: &Visit, working: &Working, sheet: Sheet, key: &str, typed: &Typed) -> View {
    let say = say_of(visit);
    let before = working.series.editions.last().tables.row(sheet, key);
    let now = working.tables.row(sheet, key).or(before);
    let is_new = key.is_empty();
    let fields = fields::columns(sheet).iter().map(|(column, typing)| {
        let held = now.map_or("", |it| it.text(column));
        let typed_text = typed.cells.get(*column).map(String::as_str);
        let value = typed_text.unwrap_or(held).to_owned();
        let old = before.map_or("", |it| it.text(column));
        let option = |it: &&str| ((*it).to_owned(), (*it).to_owned());
        let (kind, mut options) = match typing {
            Typing::Code if is_new => ("text", Vec::new()),
            Typing::Code => ("fixed", Vec::new()),
            Typing::Text => ("text", Vec::new()),
            Typing::Long => ("long", Vec::new()),
            Typing::Formula => ("formula", Vec::new()),
            Typing::Number => ("number", Vec::new()),
            Typing::Word(words) => ("word", words.iter().map(option).collect()),
            Typing::Form => {
                let mut forms: Vec<(String, String)> = working
                    .tables
                    .rows(Sheet::Forms)
                    .iter()
                    .map(|it| {
                        (it.key.clone(), format!("{} {}", it.key, shown::name(it, visit.language)))
                    })
                    .collect();
                if sheet == Sheet::Rules {
                    forms.push(("*".to_owned(), "*".to_owned()));
                }
                ("word", forms)
            }
        };
        if kind == "word" && !value.is_empty() && !options.iter().any(|it| it.0 == value) {
            options.push((value.clone(), value.clone()));
        }
        let was = match before.is_some() && value.trim() != old {
            true => say.with("edition-row-was", &[("text", or_dash(old))]),
            false => String::new(),
        };
        Field {
            column,
            name: say.t(&fields::word(column)),
            value,
            kind,
            options,
            was,
            error: String::new(),
        }
    });
    let of_draft = working.draft.changes.iter().find(|it| it.sheet == sheet && it.key == key);
    let places = working.tables.rows(sheet).iter().map(|it| {
        let name = format!("{} {}", it.key, shown::name(it, visit.language));
        (it.key.clone(), name, typed.after == it.key)
    });
    let name = now.map(|it| shown::name(it, visit.language)).unwrap_or_default();
    let title = if is_new { say.t("edition-row-new") } else { format!("{key} – {name}") };
    View {
        sheet,
        list_name: say.t(&format!("questionnaire-sheet-{}", sheet.word())),
        key: key.to_owned(),
        action: edit_href(sheet, (!is_new).then_some(key)),
        fields: fields.collect(),
        places: if is_new { places.collect() } else { Vec::new() },
        is_new,
        is_changed: of_draft.is_some(),
        saved: false,
        wrong: Vec::new(),
        refusal: None,
        preview: None,
        quarter: visit.language.quarter(working.draft.from),
        chrome: visit.chrome_titled(title.clone()),
        title,
    }
}

fn or_dash(text: &str) -> String {
    if text.is_empty() { "–".to_owned() } else { text.to_owned() }
}

/// What a page sent.
#[derive(Clone, Debug, Default)]
struct Typed {
    cells: BTreeMap<String, String>,
    after: String,
    act: String,
}

impl Typed {
    fn read(sheet: Sheet, sent: Vec<(String, String)>) -> Self {
        let mut typed = Self::default();
        for (name, text) in sent {
            match name.as_str() {
                "acte" => typed.act = text,
                "apres" => typed.after = text,
                _ => {
                    if fields::columns(sheet).iter().any(|it| it.0 == name) {
                        typed.cells.insert(name, text);
                    }
                }
            }
        }
        typed
    }
}

async fn show(
    visit: Visit,
    Path(word): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Response, PageFailure> {
    let sheet = super::read::sheet(&word)?;
    let (seer, key) = (visit.clone(), asked.cle.clone());
    let found: Result<Option<View>, Failure> = visit
        .app
        .read(move |tx| {
            let Some(working) = working(tx)? else { return Ok(None) };
            let typed = Typed::default();
            let mut view = view(&seer, &working, sheet, &key, &typed);
            if !key.is_empty() {
                look(tx, &seer, &working, &mut view, &typed)?;
            }
            Ok(Some(view))
        })
        .await;
    let Some(mut view) = found? else {
        return Ok(Redirect::to("/suivi/questionnaire/modifier").into_response());
    };
    if !asked.cle.is_empty() && view.title.is_empty() {
        return Err(PageFailure::NotFound);
    }
    view.saved = asked.fait == "1";
    visit.page(&view)
}

/// Puts in the view what the row would give as it is typed: its mistake, or its preview.
fn look(
    tx: &mut Tx<'_>,
    visit: &Visit,
    working: &Working,
    view: &mut View,
    typed: &Typed,
) -> Result<(), Failure> {
    let say = say_of(visit);
    let key = (!view.is_new).then_some(view.key.as_str());
    let mut tried = working.clone();
    if !typed.cells.is_empty() {
        match change_of(working, view.sheet, key, &typed.cells, Some(&typed.after)) {
            Ok(change) => {
                tried.draft.changes.retain(|it| (it.sheet, &it.key) != (change.sheet, &change.key));
                tried.draft.changes.push(change.clone());
                tried.tables.apply(&change);
            }
            Err(rule) => {
                view.refusal = Some(visit.app.tell(visit.language, &rule.message()));
                return Ok(());
            }
        }
        tried.read = tried.series.editions.check(tried.draft.from, &tried.draft.changes);
    }
    let read = match &tried.read {
        Ok(editions) => std::sync::Arc::clone(editions.newest()),
        Err(errors) => {
            // A row that is new is named by the code that was typed.
            let own = match view.is_new {
                true => view.sheet.key(&typed.cells),
                false => view.key.clone(),
            };
            let here = |it: &&ContentError| it.file == view.sheet.file() && it.row() == own;
            for field in &mut view.fields {
                let found = errors.iter().filter(here).find(|it| it.column == field.column);
                if let Some(error) = found {
                    field.error = visit.app.tell(visit.language, &error.here());
                }
            }
            // What is wrong in this row comes first.
            let (own, others): (Vec<_>, Vec<_>) = errors.iter().partition(here);
            let errors = own.into_iter().chain(others);
            view.wrong = errors.map(|it| wrong(&say, visit, &tried, it)).collect();
            return Ok(());
        }
    };
    let row_key = key.map(str::to_owned).unwrap_or_else(|| view.sheet.key(&typed.cells));
    let Some(row) = tried.tables.row(view.sheet, &row_key).cloned() else { return Ok(()) };
    let known = preview::known(tx, &visit.actor, visit.today())?;
    let before = working.series.editions.newest();
    let sides = (before.as_ref(), read.as_ref());
    view.preview = Some(previewed(&say, sides, view.sheet, &row, known.as_ref()));
    Ok(())
}

fn previewed(
    say: &Say<'_>,
    (before, after): (&Questionnaire, &Questionnaire),
    sheet: Sheet,
    row: &Row,
    known: Option<&preview::Known>,
) -> Preview {
    let mut found = Preview {
        told: shown::told(say, after, sheet, row.text("code")),
        is_unknown: known.is_none(),
        ..Preview::default()
    };
    let Some(known) = known else { return found };
    let quarter = say.language.quarter(known.quarter);
    if sheet == Sheet::Rules {
        let (count, alerts) = known.alerts(after, &row.key);
        let (was, _) = known.alerts(before, &row.key);
        let arguments =
            [("count", count.to_string()), ("before", was.to_string()), ("quarter", quarter)];
        found.alerts = say.with("edition-preview-alerts", &arguments);
        found.sentences = alerts
            .into_iter()
            .map(|it| format!("{} – {}", known.ground.name(&it.unit), it.message.say(say.language)))
            .collect();
        return found;
    }
    let mut codes: BTreeSet<String> = preview::concerned(after, sheet, row);
    codes.extend(preview::concerned(before, sheet, row));
    if codes.is_empty() {
        return found;
    }
    let (old, new) = (known.outcomes(before, &codes), known.outcomes(after, &codes));
    let value = |of: &Questionnaire,
                 outcomes: &BTreeMap<String, preview::Outcomes>,
                 unit: &str,
                 code: &str| {
        let Some(indicator) = of.indicator(code).filter(|it| it.in_force) else {
            return "–".to_owned();
        };
        let found = outcomes.get(unit).and_then(|it| it.get(code));
        say.value(indicator, found.and_then(|it| indicator.ratio(it.numerator, it.denominator)))
    };
    if sheet != Sheet::Indicators {
        let place = known.ground.place();
        found.others = codes
            .iter()
            .map(|code| {
                let label = after.indicator(code).map(|it| it.label.say(say.language).to_owned());
                (
                    code.clone(),
                    label.unwrap_or_default(),
                    value(before, &old, place, code),
                    value(after, &new, place, code),
                )
            })
            .collect();
        let arguments = [("quarter", quarter), ("place", known.place().to_owned())];
        found.caption = say.with("difference-affected-caption", &arguments);
        return found;
    }
    let code = row.key.as_str();
    found.caption = say.with(
        "edition-preview-caption",
        &[
            ("name", shown::name(row, say.language)),
            ("quarter", quarter),
            ("place", known.place().to_owned()),
        ],
    );
    for (unit, name) in known.units() {
        let outcome = new.get(&unit).and_then(|it| it.get(code));
        let Some(outcome) = outcome else { continue };
        let arguments = [
            ("numerator", say.number(outcome.numerator)),
            ("denominator", say.number(outcome.denominator)),
        ];
        found.lines.push(Line {
            before: value(before, &old, &unit, code),
            after: value(after, &new, &unit, code),
            fraction: say.with("edition-preview-fraction", &arguments),
            answered: outcome.respondents_text(),
            place: name,
        });
    }
    found
}

async fn act(
    visit: Visit,
    Path(word): Path<String>,
    Query(asked): Query<Asked>,
    Form(sent): Form<Vec<(String, String)>>,
) -> Result<Response, PageFailure> {
    let sheet = super::read::sheet(&word)?;
    let typed = Typed::read(sheet, sent);
    let key = asked.cle.clone();
    if typed.act != "calculer" {
        let (given, row) = (typed.clone(), key.clone());
        let done: Result<Option<String>, Stop<Refused>> = visit
            .app
            .write(&visit.actor, move |ctx| match given.act.as_str() {
                "retirer" => retire(ctx, sheet, &row).map(|()| None),
                "annuler" => undo(ctx, sheet, &row).map(|()| None),
                "enregistrer" => {
                    let row = Some(row.as_str()).filter(|it| !it.is_empty());
                    write_row(ctx, sheet, row, &given.cells, Some(&given.after)).map(Some)
                }
                _ => Err(Stop::Failed(Failure::NotFound)),
            })
            .await;
        match done {
            Ok(Some(key)) => {
                let href = format!("{}&fait=1", edit_href(sheet, Some(&key)));
                return Ok(Redirect::to(&href).into_response());
            }
            Ok(None) => {
                return Ok(Redirect::to("/suivi/questionnaire/modifier").into_response());
            }
            Err(Stop::Failed(failure)) => return Err(failure.into()),
            // Shown with what was typed.
            Err(Stop::Refused(_)) => {}
        }
    }
    let (seer, given) = (visit.clone(), typed.clone());
    let found: Result<Option<View>, Failure> = visit
        .app
        .read(move |tx| {
            let Some(working) = working(tx)? else { return Ok(None) };
            let mut view = view(&seer, &working, sheet, &key, &given);
            look(tx, &seer, &working, &mut view, &given)?;
            Ok(Some(view))
        })
        .await;
    let Some(view) = found? else {
        return Ok(Redirect::to("/suivi/questionnaire/modifier").into_response());
    };
    match typed.act.as_str() {
        "calculer" => visit.page(&view),
        _ => visit.correct(&view),
    }
}
