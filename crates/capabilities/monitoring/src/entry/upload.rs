//! A file of values: chosen, looked at, accepted.

use super::foreign::{Fault, Report, ValuesText, report};
use super::{ImportRefused, Preview, import};
use askama::Template;
use axum::extract::Request;
use axum::response::Response;
use identity::Action;
use kernel::{Failure, Message, Reject, Stop};
use serde::Deserialize;
use web::{Access, Chrome, Form, PageFailure, Routes, Sent, Visit, Waiting};

/// The largest file: a quarter of a whole region as CSV, or far more as XLSX.
const LARGEST: usize = 8 << 20;
/// The changes that the preview names one by one.
const NAMED: usize = 40;

pub(super) fn routes() -> Routes {
    let access = Access::Needs(Action::ImportValues);
    Routes::new()
        .get("/suivi/importer", access, show)
        .upload("/suivi/importer", access, LARGEST + 64 * 1024, look)
        .post("/suivi/importer/accepter", access, accept)
}

/// A file between its look and its acceptance.
struct Kept {
    name: String,
    text: String,
}

static WAITING: Waiting<Kept> = Waiting::new(8);

#[derive(Template)]
#[template(path = "entry/import.html")]
struct View {
    chrome: Chrome,
    refusal: Option<(String, String)>,
    preview: Option<Look>,
    /// What is wrong: line, column, sentence.
    faults: Vec<[String; 3]>,
    more: bool,
    notes: Vec<String>,
    taken: Option<(String, String)>,
}

/// The preview as the page shows it.
struct Look {
    preview: Preview,
    mark: String,
    /// The name under which the file waits; empty if it is refused.
    id: String,
    units: Vec<(String, String, usize)>,
    periods: Vec<(String, usize)>,
    changes: Vec<[String; 5]>,
    unnamed: usize,
    new: String,
    changed: String,
    same: String,
}

fn empty(visit: &Visit) -> View {
    View {
        chrome: visit.chrome("import-title"),
        refusal: None,
        preview: None,
        faults: Vec::new(),
        more: false,
        notes: Vec::new(),
        taken: None,
    }
}

async fn show(visit: Visit) -> Result<Response, PageFailure> {
    visit.page(&empty(&visit))
}

fn refused(visit: &Visit, message: &Message, cause: Option<&Message>) -> View {
    let tell = |it: &Message| visit.app.tell(visit.language, it);
    let refusal = Some((tell(message), cause.map(tell).unwrap_or_default()));
    View { refusal, ..empty(visit) }
}

fn told(visit: &Visit, rule: &ImportRefused) -> View {
    refused(visit, &rule.message(), rule.cause().as_ref())
}

async fn look(visit: Visit, request: Request) -> Result<Response, PageFailure> {
    let sent = Sent::read(&visit, request).await?;
    if !sent.whole || LARGEST < sent.bytes.len() {
        return visit.correct(&refused(&visit, &too_large(), None));
    }
    if sent.bytes.is_empty() {
        return visit.correct(&refused(&visit, &Message::new("import-no-file"), None));
    }
    let (name, bytes) = (sent.name, sent.bytes);
    let file = name.clone();
    let read = visit.app.work(move || Ok(ValuesText::read(&file, &bytes))).await?;
    let values = match read {
        Ok(it) => it,
        Err(rule) => return visit.correct(&refused(&visit, &rule.message(), None)),
    };
    let (actor, today) = (visit.actor.clone(), visit.today());
    let (file, text) = (name.clone(), values.text.clone());
    let done: Result<Report, Stop<ImportRefused>> =
        visit.app.read(move |tx| report(tx, &actor, today, &file, &text)).await;
    let report = match done {
        Ok(it) => it,
        Err(Stop::Refused(rule)) => return visit.correct(&told(&visit, &rule)),
        Err(Stop::Failed(failure)) => return Err(failure.into()),
    };
    let mut view = empty(&visit);
    view.notes = notes(&view.chrome, &values.notes);
    if !values.totals.is_empty() {
        let lines: Vec<String> = values.totals.iter().map(ToString::to_string).collect();
        view.notes.push(view.chrome.t1("foreign-totals", "lines", lines.join(", ")));
    }
    if report.faults.is_empty() {
        if let Some(preview) = report.preview {
            if 0 < preview.taken_over() {
                let count = preview.taken_over();
                view.notes.push(view.chrome.t1("foreign-takes-over", "count", count));
            }
            let text = values.text;
            let id = WAITING.keep(&visit, Kept { name, text });
            view.preview = Some(laid_out(&visit, preview, id)?);
        }
        return visit.page(&view);
    }
    view.faults = report.faults.iter().map(|it| fault(&visit, &values, it)).collect();
    view.more = report.more;
    if let Some(preview) = report.preview {
        view.preview = Some(laid_out(&visit, preview, String::new())?);
    }
    visit.correct(&view)
}

/// The notes on a file, as sentences with their places.
pub(crate) fn notes(chrome: &Chrome, notes: &[tables::Note]) -> Vec<String> {
    let said = |it: &tables::Note| {
        let sentence = chrome.t(it.kind.key());
        let mut at: Vec<String> = it.at.iter().take(6).map(ToString::to_string).collect();
        at.retain(|it| !it.is_empty());
        if at.is_empty() {
            return sentence;
        }
        if at.len() < it.count {
            at.push("…".to_owned());
        }
        let places = chrome.t2("tables-note-where", ("count", it.count), ("at", at.join(", ")));
        format!("{sentence} ({places})")
    };
    notes.iter().map(said).collect()
}

fn fault(visit: &Visit, values: &ValuesText, it: &Fault) -> [String; 3] {
    let tell = |it: &Message| visit.app.tell(visit.language, it);
    let mut said = tell(&it.rule.message());
    if let Some(cause) = it.rule.cause() {
        said.push(' ');
        said.push_str(&tell(&cause));
    }
    [it.line.to_string(), values.column(&it.heading), said]
}

fn too_large() -> Message {
    Message::new("import-too-large").with("size", LARGEST / 1024)
}

fn laid_out(visit: &Visit, preview: Preview, id: String) -> Result<Look, Failure> {
    let questionnaire = std::sync::Arc::clone(&preview.questionnaire);
    let language = visit.language;
    let units =
        preview.units.iter().map(|(code, (name, count))| (code.clone(), name.clone(), *count));
    let periods = preview.periods.iter().map(|(it, count)| (language.period(*it), *count));
    let changes = preview.changed.iter().take(NAMED).map(|it| {
        let element = questionnaire.element(it.cell.element);
        let options = questionnaire.cell_options(it.cell);
        let words: Vec<&str> = std::iter::once(element.label.say(language))
            .chain(options.map(|(_, it)| it.label.say(language)))
            .collect();
        let unit = preview.units.get(&it.unit).map_or(it.unit.as_str(), |it| it.0.as_str());
        [
            unit.to_owned(),
            language.period(it.period),
            words.join(", "),
            it.held_words(visit.app.catalogue(), language),
            language.written(&it.value),
        ]
    });
    let count = |it: usize| language.integer(i64::try_from(it).unwrap_or(i64::MAX));
    Ok(Look {
        mark: preview.mark(),
        units: units.collect(),
        periods: periods.collect(),
        changes: changes.collect(),
        unnamed: preview.changed.len().saturating_sub(NAMED),
        new: count(preview.new),
        changed: count(preview.changed.len()),
        same: count(preview.same),
        id,
        preview,
    })
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Fields {
    fichier: String,
    marque: String,
}

async fn accept(visit: Visit, Form(fields): Form<Fields>) -> Result<Response, PageFailure> {
    let Some(kept) = WAITING.find(&visit, &fields.fichier) else {
        return visit.correct(&refused(&visit, &Message::new("foreign-gone"), None));
    };
    let done = visit
        .app
        .write(&visit.actor, move |ctx| import(ctx, &kept.name, &kept.text, Some(&fields.marque)))
        .await;
    match done {
        Ok(taken) => {
            let say = |key: &str, given: &[(&str, String)]| {
                visit.app.catalogue().say(visit.language, key, given)
            };
            let counts = [("new", taken.new.to_string()), ("changed", taken.changed.to_string())];
            let same = [("same", taken.same.to_string())];
            let told = (say("import-taken", &counts), say("import-taken-same", &same));
            visit.page(&View { taken: Some(told), ..empty(&visit) })
        }
        Err(Stop::Refused(rule)) => visit.correct(&told(&visit, &rule)),
        Err(Stop::Failed(failure)) => Err(failure.into()),
    }
}
