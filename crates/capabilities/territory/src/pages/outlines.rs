//! `/territoire/contours`: which outlines the maps use, and the import of official ones: a file is
//! sent, what it would change is shown, then it is accepted or dropped.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};

use askama::Template;
use axum::extract::{Path, Query, Request};
use axum::response::{IntoResponse, Redirect, Response};
use graphics::{Frame, Outlines, Paint, Symbols, Words};
use identity::{Action, Object};
use kernel::{Failure, Id, Reject, Stop};
use serde::Deserialize;
use web::{Access, Chrome, Form, PageFailure, Routes, Sent, Visit};

use crate::outlines::{LARGEST, described};
use crate::{
    Level, OutlinesRefused, Prepared, load_outlines, map_sources, official_outlines, outlines,
    prepare_outlines, restore_shipped_outlines,
};

const ACCESS: Access = Access::Needs(Action::EditTerritory);
/// What a form adds around its file.
const AROUND: usize = 64 * 1024;
/// The previews that wait for an answer, over all persons; an older one goes, its file is sent again.
const WAITING_MOST: usize = 4;
/// The codes or names that a page writes out.
const NAMED: usize = 60;

pub(super) fn routes() -> Routes {
    Routes::new()
        .get("/territoire/contours", ACCESS, show)
        .upload("/territoire/contours", ACCESS, LARGEST + AROUND, look)
        .get("/territoire/contours/apercu/{id}", ACCESS, preview)
        .post("/territoire/contours/apercu/{id}", ACCESS, accept)
        .post("/territoire/contours/apercu/{id}/abandon", ACCESS, drop_it)
        .post("/territoire/contours/retour", ACCESS, restore)
}

/// Whether the visitor may change the outlines of Mali.
pub(super) fn may_load(visit: &Visit) -> bool {
    visit.may(Action::EditTerritory, &Object::at(["ML"]))
}

/// A file that was looked at and not accepted yet.
#[derive(Clone)]
struct Waiting {
    id: String,
    person: Option<Id>,
    source: String,
    mention: String,
    prepared: Arc<Prepared>,
}

static WAITING: Mutex<VecDeque<Waiting>> = Mutex::new(VecDeque::new());

fn keep(waiting: Waiting) {
    let mut all = WAITING.lock().unwrap_or_else(PoisonError::into_inner);
    all.push_back(waiting);
    while WAITING_MOST < all.len() {
        all.pop_front();
    }
}

/// What waits under this number for this person, and for nobody else.
fn find(visit: &Visit, id: &str) -> Option<Waiting> {
    let all = WAITING.lock().unwrap_or_else(PoisonError::into_inner);
    let person = visit.actor.person_id;
    all.iter().find(|it| it.id == id && it.person == person).cloned()
}

fn forget(id: &str) {
    WAITING.lock().unwrap_or_else(PoisonError::into_inner).retain(|it| it.id != id);
}

/// Official outlines in use, as the page shows them.
struct Line {
    source: String,
    mention: String,
    file: String,
    day: String,
    places: String,
}

/// A map of outlines alone.
#[derive(Default)]
struct Drawing {
    svg: String,
    title: String,
    source: String,
}

#[derive(Template)]
#[template(path = "territory/outlines.html")]
struct View {
    chrome: Chrome,
    lines: Vec<Line>,
    map: Drawing,
    source: String,
    mention: String,
    done: String,
    refusal: Option<(&'static str, String)>,
}

impl View {
    fn error(&self, field: &str) -> String {
        self.refusal.iter().filter(|it| it.0 == field).map(|it| it.1.clone()).collect()
    }
}

#[derive(Template)]
#[template(path = "territory/outlines_preview.html")]
struct Look {
    chrome: Chrome,
    id: String,
    source: String,
    mention: String,
    file: String,
    read: String,
    matched: Vec<(String, String)>,
    unmatched: String,
    unmatched_count: usize,
    uncovered: String,
    uncovered_count: usize,
    day: String,
    size: String,
    map: Drawing,
}

/// What the address says about what was just done.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Done {
    fait: Option<String>,
}

async fn view(
    visit: &Visit,
    typed: (String, String),
    refusal: Option<&OutlinesRefused>,
) -> Result<View, PageFailure> {
    if !may_load(visit) {
        return Err(PageFailure::Denied);
    }
    let chrome = visit.chrome("outlines-title");
    let words = chrome.clone();
    let language = visit.language;
    let (lines, map) = visit
        .app
        .read(move |tx| {
            let official = official_outlines(tx)?;
            let mut codes: Vec<String> =
                official.iter().flat_map(|it| it.codes.iter().cloned()).collect();
            if codes.is_empty() {
                codes = Outlines::shipped().codes(graphics::Layer::Cercle).to_vec();
            }
            let map = draw(&words, &*outlines(tx)?, &codes, words.t("outlines-map-now"));
            let lines = official
                .into_iter()
                .map(|it| Line {
                    day: language.instant(it.at_millis),
                    places: language.integer(i64::try_from(it.codes.len()).unwrap_or(i64::MAX)),
                    source: it.source,
                    mention: it.mention,
                    file: it.file,
                })
                .collect();
            Ok::<_, Failure>((lines, map))
        })
        .await?;
    let refusal = refusal.map(|it| (it.field(), chrome.tell(&it.message())));
    let (source, mention) = typed;
    Ok(View { chrome, lines, map, source, mention, done: String::new(), refusal })
}

fn draw(chrome: &Chrome, outlines: &Outlines, ground: &[String], title: String) -> Drawing {
    let frame = Frame {
        id: "outlines-map".to_owned(),
        title: title.clone(),
        description: chrome.t("outlines-map-description"),
        language: chrome.language(),
        paint: Paint::Page,
        width: 720,
        words: Words::default(),
    };
    let map =
        Symbols { outlines, ground, context: Some("ML"), symbols: &[], unit: None, names: false };
    let made = graphics::symbols(&frame, &map);
    let source = map_sources(&made, |key, it| chrome.t1(key, "source", it)).join(" ");
    Drawing { source, svg: made.svg, title }
}

async fn show(visit: Visit, Query(query): Query<Done>) -> Result<Response, PageFailure> {
    let mut view = view(&visit, Default::default(), None).await?;
    view.done = match query.fait.as_deref() {
        Some("retour") => view.chrome.t("outlines-restored"),
        Some("abandon") => view.chrome.t("outlines-dropped"),
        Some(_) => view.chrome.t("outlines-loaded"),
        None => String::new(),
    };
    visit.page(&view)
}

/// The page again, with what is wrong and what was typed.
async fn refused(
    visit: &Visit,
    typed: (String, String),
    rule: &OutlinesRefused,
) -> Result<Response, PageFailure> {
    visit.correct(&view(visit, typed, Some(rule)).await?)
}

async fn look(visit: Visit, request: Request) -> Result<Response, PageFailure> {
    let sent = Sent::read(&visit, request).await?;
    if !may_load(&visit) {
        return Err(PageFailure::Denied);
    }
    let typed = (sent.field("source").to_owned(), sent.field("mention").to_owned());
    if !sent.whole {
        return refused(&visit, typed, &OutlinesRefused::TooLarge).await;
    }
    let (source, mention) = match described(&typed.0, &typed.1) {
        Ok(it) => it,
        Err(rule) => return refused(&visit, typed, &rule).await,
    };
    let today = visit.today();
    let prepared =
        visit.app.read(move |tx| prepare_outlines(tx, today, &sent.name, &sent.bytes)).await;
    match prepared {
        Ok(prepared) => {
            let id = Id::mint().to_string();
            let person = visit.actor.person_id;
            let prepared = Arc::new(prepared);
            keep(Waiting { id: id.clone(), person, source, mention, prepared });
            Ok(Redirect::to(&format!("/territoire/contours/apercu/{id}")).into_response())
        }
        Err(Stop::Refused(rule)) => refused(&visit, typed, &rule).await,
        Err(Stop::Failed(failure)) => Err(failure.into()),
    }
}

/// The first of them, and how many more there are.
fn some(chrome: &Chrome, all: impl ExactSizeIterator<Item = String>) -> String {
    let count = all.len();
    let named = all.take(NAMED).collect::<Vec<_>>().join(", ");
    match count.checked_sub(NAMED) {
        Some(more) if 0 < more => {
            chrome.t2("outlines-and-more", ("names", &named), ("count", more.to_string()))
        }
        _ => named,
    }
}

async fn preview(visit: Visit, Path(id): Path<String>) -> Result<Response, PageFailure> {
    let Some(waiting) = find(&visit, &id) else {
        return refused(&visit, Default::default(), &OutlinesRefused::Gone).await;
    };
    let chrome = visit.chrome("outlines-preview-title");
    let language = visit.language;
    let Waiting { id, source, mention, prepared, .. } = waiting;
    let number = |it: usize| language.integer(i64::try_from(it).unwrap_or(i64::MAX));
    let level = |it: &Level| chrome.t(&format!("territory-levels-{it}"));
    let read = prepared.outlines().map_err(Failure::broken)?;
    let codes: Vec<String> = read.all_codes().map(str::to_owned).collect();
    let credited = read.credited(&crate::outlines::credit(&source, &mention));
    let whole = Outlines::shipped().overlaid(&credited);
    let view = Look {
        file: prepared.file.clone(),
        read: number(prepared.read),
        matched: prepared.matched.iter().map(|it| (level(it.0), number(*it.1))).collect(),
        unmatched: some(&chrome, prepared.unmatched.iter().cloned()),
        unmatched_count: prepared.unmatched.len(),
        uncovered: some(
            &chrome,
            prepared.uncovered.iter().map(|it| format!("{} ({})", it.name, it.code)),
        ),
        uncovered_count: prepared.uncovered.len(),
        day: language.long_date(prepared.day),
        size: number(prepared.size().div_ceil(1024)),
        map: draw(&chrome, &whole, &codes, chrome.t("outlines-map-then")),
        id,
        source,
        mention,
        chrome,
    };
    visit.page(&view)
}

#[derive(Deserialize)]
struct Nothing {}

async fn accept(
    visit: Visit,
    Path(id): Path<String>,
    Form(Nothing {}): Form<Nothing>,
) -> Result<Response, PageFailure> {
    let Some(waiting) = find(&visit, &id) else {
        return refused(&visit, Default::default(), &OutlinesRefused::Gone).await;
    };
    let Waiting { source, mention, prepared, .. } = waiting;
    let typed = (source.clone(), mention.clone());
    let done = visit
        .app
        .write(&visit.actor, move |ctx| load_outlines(ctx, &prepared, &source, &mention))
        .await;
    match done {
        Ok(()) => {
            forget(&id);
            Ok(Redirect::to("/territoire/contours?fait=charges").into_response())
        }
        Err(Stop::Refused(rule)) => refused(&visit, typed, &rule).await,
        Err(Stop::Failed(failure)) => Err(failure.into()),
    }
}

async fn drop_it(
    visit: Visit,
    Path(id): Path<String>,
    Form(Nothing {}): Form<Nothing>,
) -> Result<Response, PageFailure> {
    if find(&visit, &id).is_some() {
        forget(&id);
    }
    Ok(Redirect::to("/territoire/contours?fait=abandon").into_response())
}

async fn restore(visit: Visit, Form(Nothing {}): Form<Nothing>) -> Result<Response, PageFailure> {
    visit.app.write(&visit.actor, restore_shipped_outlines).await?;
    Ok(Redirect::to("/territoire/contours?fait=retour").into_response())
}
