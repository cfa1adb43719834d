//! `/territoire/populations`: a table of populations is sent, looked at, then accepted or dropped.

use std::sync::Arc;

use askama::Template;
use axum::extract::{Path, Request};
use axum::response::{IntoResponse, Redirect, Response};
use identity::Action;
use kernel::{Reject, Stop};
use web::{Access, Chrome, Form, PageFailure, Routes, Sent, Visit, Waiting};

use super::reform::may_change;
use crate::people::{LARGEST_POPULATIONS, ReadPopulations, read_populations, state_populations};
use crate::{ListRefused, Population};

const ACCESS: Access = Access::Needs(Action::EditTerritory);
/// What a form adds around its file.
const AROUND: usize = 64 * 1024;
/// The lines that a preview shows.
const SHOWN: usize = 100;

static WAITING: Waiting<ReadPopulations> = Waiting::new(4);

pub(super) fn routes() -> Routes {
    Routes::new()
        .get("/territoire/populations", ACCESS, show)
        .upload("/territoire/populations", ACCESS, LARGEST_POPULATIONS + AROUND, look)
        .get("/territoire/populations/{id}", ACCESS, preview)
        .post("/territoire/populations/{id}", ACCESS, accept)
}

#[derive(Template)]
#[template(path = "territory/populations.html")]
struct View {
    chrome: Chrome,
    country: String,
    refusal: Option<(&'static str, String)>,
    faults: Vec<(usize, &'static str, String)>,
    done: bool,
}

impl View {
    fn error(&self, field: &str) -> String {
        self.refusal.iter().filter(|it| it.0 == field).map(|it| it.1.clone()).collect()
    }
}

#[derive(Template)]
#[template(path = "territory/populations_preview.html")]
struct Look {
    chrome: Chrome,
    id: String,
    tally: Vec<(String, String)>,
    rows: Vec<Row>,
    more: usize,
    refusal: String,
}

struct Row {
    code: String,
    year: i64,
    source: String,
    persons: String,
    corrected: String,
}

fn view(visit: &Visit, country: &str, refused: Option<&ListRefused>, done: bool) -> View {
    let chrome = visit.chrome("populations-title");
    let faults = refused.map(ListRefused::faults).unwrap_or_default();
    View {
        country: country.to_owned(),
        refusal: refused.map(|it| (it.field(), chrome.tell(&it.message()))),
        faults: faults.iter().map(|it| (it.line, it.column, chrome.tell(&it.what))).collect(),
        done,
        chrome,
    }
}

async fn show(visit: Visit) -> Result<Response, PageFailure> {
    let country = visit.actor.main_office().map(|it| it.place.clone()).unwrap_or_default();
    let done = visit.address().ends_with("?fait=oui");
    visit.page(&view(&visit, &country, None, done))
}

async fn look(visit: Visit, request: Request) -> Result<Response, PageFailure> {
    let sent = Sent::read(&visit, request).await?;
    if !sent.whole {
        return Err(PageFailure::TooLarge(LARGEST_POPULATIONS));
    }
    let country = sent.field("pays").trim().to_uppercase();
    if country.is_empty() {
        let refused = ListRefused::NoCountry;
        return visit.correct(&view(&visit, &country, Some(&refused), false));
    }
    if !may_change(&visit, &country) {
        return Err(PageFailure::Denied);
    }
    let (of, today) = (country.clone(), visit.today());
    let read =
        visit.app.read(move |tx| read_populations(tx, &of, (&sent.name, &sent.bytes), today)).await;
    match read {
        Ok(read) => {
            let id = WAITING.keep(&visit, read);
            Ok(Redirect::to(&format!("/territoire/populations/{id}")).into_response())
        }
        Err(Stop::Refused(it)) => visit.correct(&view(&visit, &country, Some(&it), false)),
        Err(Stop::Failed(it)) => Err(it.into()),
    }
}

fn look_view(visit: &Visit, id: &str, read: &ReadPopulations, refusal: String) -> Look {
    let chrome = visit.chrome("populations-preview-title");
    let number = |it: usize| chrome.language().integer(i64::try_from(it).unwrap_or(i64::MAX));
    let row = |it: &Population| Row {
        code: it.code.clone(),
        year: it.year,
        source: it.source.clone(),
        persons: chrome.language().integer(it.persons),
        corrected: it.corrected.map(|it| chrome.language().short_date(it)).unwrap_or_default(),
    };
    Look {
        id: id.to_owned(),
        tally: vec![
            (chrome.t("populations-news"), number(read.news.len())),
            (chrome.t("populations-beside"), number(read.beside)),
            (chrome.t("populations-corrections"), number(read.corrections)),
            (chrome.t("populations-same"), number(read.same)),
        ],
        rows: read.news.iter().take(SHOWN).map(row).collect(),
        more: read.news.len().saturating_sub(SHOWN),
        refusal,
        chrome,
    }
}

async fn preview(visit: Visit, Path(id): Path<String>) -> Result<Response, PageFailure> {
    match WAITING.find(&visit, &id) {
        Some(read) => visit.page(&look_view(&visit, &id, &read, String::new())),
        None => visit.correct(&view(&visit, "", Some(&ListRefused::Gone), false)),
    }
}

async fn accept(
    visit: Visit,
    Path(id): Path<String>,
    Form(_): Form<Vec<(String, String)>>,
) -> Result<Response, PageFailure> {
    let Some(read) = WAITING.find(&visit, &id) else {
        return visit.correct(&view(&visit, "", Some(&ListRefused::Gone), false));
    };
    let given = Arc::clone(&read);
    let work =
        move |ctx: &mut identity::Ctx<'_, '_>| state_populations(ctx, &given.country, &given.news);
    match visit.app.write(&visit.actor, work).await {
        Ok(()) => {
            WAITING.forget(&id);
            Ok(Redirect::to("/territoire/populations?fait=oui").into_response())
        }
        Err(Stop::Refused(it)) => {
            let sentence = visit.app.tell(visit.language, &it.message());
            visit.correct(&look_view(&visit, &id, &read, sentence))
        }
        Err(Stop::Failed(it)) => Err(it.into()),
    }
}
