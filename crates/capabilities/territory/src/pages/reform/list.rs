//! `/territoire/liste`: the official list of a country is sent, looked at, then accepted or dropped.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};

use askama::Template;
use axum::extract::{FromRequest, Multipart, Path, Request};
use axum::response::{IntoResponse, Redirect, Response};
use kernel::{Failure, Id, Reject, Stop};
use web::{Chrome, Form, PageFailure, Routes, Visit};

use super::{ACCESS, Seen, may_change};
use crate::lineage::Atlas;
use crate::{LARGEST_LIST, ListRefused, ReadList};

/// What a form adds around its file.
const AROUND: usize = 64 * 1024;
/// The previews that wait for an answer, over all persons.
const WAITING_MOST: usize = 4;
/// The missing units that a page names.
const NAMED: usize = 60;

pub(super) fn routes() -> Routes {
    Routes::new()
        .get("/territoire/liste", ACCESS, show)
        .upload("/territoire/liste", ACCESS, LARGEST_LIST + AROUND, look)
        .get("/territoire/liste/apercu/{id}", ACCESS, preview)
        .post("/territoire/liste/apercu/{id}", ACCESS, accept)
}

#[derive(Clone)]
struct Waiting {
    id: String,
    person: Option<Id>,
    file: String,
    read: Arc<ReadList>,
}

static WAITING: Mutex<VecDeque<Waiting>> = Mutex::new(VecDeque::new());

/// What waits under this number for this person, and for nobody else.
fn find(visit: &Visit, id: &str) -> Option<Waiting> {
    let all = WAITING.lock().unwrap_or_else(PoisonError::into_inner);
    all.iter().find(|it| it.id == id && it.person == visit.actor.person_id).cloned()
}

#[derive(Template)]
#[template(path = "territory/list.html")]
struct View {
    chrome: Chrome,
    country: String,
    source: String,
    refusal: Option<(&'static str, String)>,
    /// Line, column, what.
    faults: Vec<(String, &'static str, String)>,
}

impl View {
    fn error(&self, field: &str) -> String {
        self.refusal.iter().filter(|it| it.0 == field).map(|it| it.1.clone()).collect()
    }
}

#[derive(Template)]
#[template(path = "territory/list_preview.html")]
struct Look {
    chrome: Chrome,
    id: String,
    file: String,
    source: String,
    country: String,
    lines: String,
    /// What becomes of units, and of how many.
    tally: Vec<(String, String)>,
    missing: String,
    missing_count: usize,
    seen: Seen,
}

fn view(visit: &Visit, typed: &(String, String), refused: Option<&ListRefused>) -> View {
    let chrome = visit.chrome("list-title");
    let faults = refused.map(ListRefused::faults).unwrap_or_default();
    View {
        country: typed.0.clone(),
        source: typed.1.clone(),
        refusal: refused.map(|it| (it.field(), chrome.tell(&it.message()))),
        faults: faults
            .iter()
            .map(|it| {
                let line = if it.line == 0 { "–".to_owned() } else { it.line.to_string() };
                (line, it.column, chrome.tell(&it.what))
            })
            .collect(),
        chrome,
    }
}

async fn show(visit: Visit) -> Result<Response, PageFailure> {
    let country = visit.actor.main_office().map(|it| it.place.clone());
    visit.page(&view(&visit, &(country.unwrap_or_default(), String::new()), None))
}

async fn look(visit: Visit, request: Request) -> Result<Response, PageFailure> {
    let mut form =
        Multipart::from_request(request, &()).await.map_err(|_| PageFailure::Unreadable)?;
    let (mut token, mut typed, mut name, mut bytes) =
        (String::new(), (String::new(), String::new()), String::new(), Vec::new());
    while let Some(part) = form.next_field().await.map_err(|_| PageFailure::Unreadable)? {
        let field = part.name().unwrap_or_default().to_owned();
        let file = part.file_name().unwrap_or_default().to_owned();
        let read = part.bytes().await.map_err(|_| PageFailure::Unreadable)?;
        let text = || String::from_utf8_lossy(&read).trim().to_owned();
        match field.as_str() {
            "jeton" => token = text(),
            "pays" => typed.0 = text(),
            "source" => typed.1 = text(),
            "fichier" => (name, bytes) = (file, read.to_vec()),
            _ => {}
        }
    }
    if token != visit.chrome_titled("").jeton || !may_change(&visit, &typed.0) {
        return Err(PageFailure::Denied);
    }
    let now = visit.app.now_millis();
    let (country, source, file) = (typed.0.clone(), typed.1.clone(), name.clone());
    let read = visit
        .app
        .read(move |tx| crate::read_list(tx, &country, &source, (&name, &bytes), now))
        .await;
    match read {
        Ok(read) => {
            let id = Id::mint().to_string();
            let person = visit.actor.person_id;
            let mut all = WAITING.lock().unwrap_or_else(PoisonError::into_inner);
            all.push_back(Waiting { id: id.clone(), person, file, read: Arc::new(read) });
            while WAITING_MOST < all.len() {
                all.pop_front();
            }
            drop(all);
            Ok(Redirect::to(&format!("/territoire/liste/apercu/{id}")).into_response())
        }
        Err(Stop::Refused(it)) => visit.correct(&view(&visit, &typed, Some(&it))),
        Err(Stop::Failed(failure)) => Err(failure.into()),
    }
}

async fn preview(visit: Visit, Path(id): Path<String>) -> Result<Response, PageFailure> {
    let Some(waiting) = find(&visit, &id) else {
        return visit.correct(&view(&visit, &Default::default(), Some(&ListRefused::Gone)));
    };
    let Waiting { id, file, read, .. } = waiting;
    let country = read.list.country.clone();
    let atlas = visit.app.read(move |tx| Ok::<_, Failure>(Atlas::read(tx, &country)?)).await?;
    let chrome = visit.chrome("list-preview-title");
    let number = |it: usize| chrome.language().integer(i64::try_from(it).unwrap_or(i64::MAX));
    let kinds = [
        crate::Change::Begins,
        crate::Change::Renamed,
        crate::Change::Moves,
        crate::Change::Ends,
        crate::Change::Other,
    ];
    let tally = kinds
        .into_iter()
        .map(|kind| {
            let count = read.preview.changes.iter().filter(|it| it.change == kind).count();
            (chrome.t(&format!("reform-change-{}", kind.word())), number(count))
        })
        .collect();
    let mut missing: Vec<String> =
        read.missing.iter().take(NAMED).map(|it| format!("{} ({})", it.1, it.0)).collect();
    if NAMED < read.missing.len() {
        missing.push("…".to_owned());
    }
    let view = Look {
        source: read.list.load.source.title.clone(),
        country: read.list.country.clone(),
        lines: number(read.list.load.versions.len()),
        missing: missing.join(", "),
        missing_count: read.missing.len(),
        seen: Seen::of_preview(&chrome, &atlas, &read.preview),
        tally,
        id,
        file,
        chrome,
    };
    visit.page(&view)
}

async fn accept(
    visit: Visit,
    Path(id): Path<String>,
    Form(_): Form<Vec<(String, String)>>,
) -> Result<Response, PageFailure> {
    let Some(waiting) = find(&visit, &id) else {
        return visit.correct(&view(&visit, &Default::default(), Some(&ListRefused::Gone)));
    };
    let list = waiting.read.list.clone();
    let typed = (list.country.clone(), list.load.source.title.clone());
    let done =
        visit.app.write(&visit.actor, move |ctx| crate::reform::enter_list(ctx, &list)).await;
    match done {
        Ok(mark) => {
            WAITING.lock().unwrap_or_else(PoisonError::into_inner).retain(|it| it.id != id);
            Ok(Redirect::to(&format!("/territoire/reformes/{mark}?fait=liste")).into_response())
        }
        Err(Stop::Refused(it)) => visit.correct(&view(&visit, &typed, Some(&ListRefused::Map(it)))),
        Err(Stop::Failed(failure)) => Err(failure.into()),
    }
}
