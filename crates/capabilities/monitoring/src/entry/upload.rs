//! A file of values: chosen, looked at, accepted.

use super::{ImportRefused, Preview, import, preview};
use askama::Template;
use axum::extract::{FromRequest, Multipart, Request};
use axum::response::Response;
use identity::Action;
use kernel::{Failure, Message, Reject, Stop};
use serde::Deserialize;
use web::{Access, Chrome, Form, PageFailure, Routes, Visit};

/// The largest file: two hundred communes for a quarter. It comes back once, written as a form
/// field, which may double it.
const LARGEST: usize = 900 * 1024;
/// The changes that the preview names one by one.
const NAMED: usize = 40;

pub(super) fn routes() -> Routes {
    let access = Access::Needs(Action::ImportValues);
    Routes::new()
        .get("/suivi/importer", access, show)
        .upload("/suivi/importer", access, LARGEST + 64 * 1024, look)
        .upload("/suivi/importer/accepter", access, LARGEST * 3, accept)
}

#[derive(Template)]
#[template(path = "entry/import.html")]
struct View {
    chrome: Chrome,
    refusal: Option<(String, String)>,
    preview: Option<Look>,
    taken: Option<(String, String)>,
}

/// The preview as the page shows it.
struct Look {
    preview: Preview,
    mark: String,
    text: String,
    units: Vec<(String, String, usize)>,
    periods: Vec<(String, usize)>,
    changes: Vec<[String; 5]>,
    unnamed: usize,
    new: String,
    changed: String,
    same: String,
}

fn empty(visit: &Visit) -> View {
    View { chrome: visit.chrome("import-title"), refusal: None, preview: None, taken: None }
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
    let mut parts =
        Multipart::from_request(request, &()).await.map_err(|_| PageFailure::Unreadable)?;
    let (mut token, mut file) = (String::new(), None);
    loop {
        let part = match parts.next_field().await {
            Ok(Some(it)) => it,
            Ok(None) => break,
            Err(_) => return visit.correct(&refused(&visit, &too_large(), None)),
        };
        let is_token = part.name() == Some("jeton");
        let name = part.file_name().unwrap_or_default().to_owned();
        let Ok(bytes) = part.bytes().await else {
            return visit.correct(&refused(&visit, &too_large(), None));
        };
        if is_token {
            token = String::from_utf8_lossy(&bytes).into_owned();
        } else if !bytes.is_empty() {
            file = Some((name, bytes));
        }
    }
    if token != visit.chrome("import-title").jeton {
        return Err(PageFailure::Denied);
    }
    let Some((name, bytes)) = file else {
        return visit.correct(&refused(&visit, &Message::new("import-no-file"), None));
    };
    if LARGEST < bytes.len() {
        return visit.correct(&refused(&visit, &too_large(), None));
    }
    let Ok(text) = String::from_utf8(bytes.to_vec()) else {
        let message = Message::new("import-not-text").with("file", &name);
        return visit.correct(&refused(&visit, &message, None));
    };
    let text = lines(&text);
    let (actor, today, typed) = (visit.actor.clone(), visit.today(), text.clone());
    let done: Result<Preview, Stop<ImportRefused>> =
        visit.app.read(move |tx| preview(tx, &actor, today, &name, &typed)).await;
    match done {
        Ok(preview) => {
            let look = laid_out(&visit, preview, text)?;
            visit.page(&View { preview: Some(look), ..empty(&visit) })
        }
        Err(Stop::Refused(rule)) => visit.correct(&told(&visit, &rule)),
        Err(Stop::Failed(failure)) => Err(failure.into()),
    }
}

/// The same text with its lines apart by LF: a browser sends the lines of a field apart by CR LF,
/// whatever the file had, and the accepted text must be the one that was looked at.
fn lines(text: &str) -> String {
    text.replace("\r\n", "\n")
}

fn too_large() -> Message {
    Message::new("import-too-large").with("size", LARGEST / 1024)
}

fn laid_out(visit: &Visit, preview: Preview, text: String) -> Result<Look, Failure> {
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
            language.written(&it.held),
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
        text,
        preview,
    })
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Fields {
    nom: String,
    marque: String,
    texte: String,
}

async fn accept(visit: Visit, Form(fields): Form<Fields>) -> Result<Response, PageFailure> {
    let text = lines(&fields.texte);
    let done = visit
        .app
        .write(&visit.actor, move |ctx| import(ctx, &fields.nom, &text, Some(&fields.marque)))
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
