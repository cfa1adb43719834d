//! The home page, the sources, and the health of the post.

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use db::Tx;
use identity::Actor;
use journal::Journal;
use kernel::{Date, Failure, Language};
use web::{Access, App, Catalogue, Chrome, Duty, PageFailure, Routes, Visit};

/// The routes of this module.
pub fn routes() -> Routes {
    Routes::new().get("/", Access::Public, show).get("/sources", Access::Public, sources).get(
        "/sante",
        Access::Public,
        health,
    )
}

#[derive(Template)]
#[template(path = "home.html")]
struct View {
    chrome: Chrome,
    nobody_yet: bool,
    partnerships: i64,
    signed_in: bool,
    duties: Vec<Due>,
}

/// Something that waits for the person, as the page shows it.
struct Due {
    href: String,
    text: String,
    kind: &'static str,
    word: String,
}

impl Due {
    fn of(visit: &Visit, duty: &Duty) -> Self {
        let say = |key: &str, day: Date| {
            let day = visit.language.long_date(day);
            visit.app.catalogue().say(visit.language, key, &[("day", day)])
        };
        let (kind, word) = match duty.due {
            Some(day) if duty.is_late(visit.today()) => ("late", say("home-duty-late", day)),
            Some(day) => ("due", say("home-duty-due", day)),
            None => ("todo", visit.app.catalogue().say(visit.language, "home-duty-open", &[])),
        };
        Self { href: duty.href.clone(), text: duty.text.clone(), kind, word }
    }
}

async fn show(visit: Visit) -> Result<Response, PageFailure> {
    let (nobody_yet, partnerships) = visit
        .app
        .read(|tx| {
            let nobody = tx.query("select person_id from person limit 1", &[])?.is_empty();
            let (all, _) = register::Typed::default().understand(tx)?;
            let partnerships = register::count(tx, &all)?;
            Ok::<_, Failure>((nobody, partnerships))
        })
        .await?;
    let duties = visit.duties().await?.iter().map(|it| Due::of(&visit, it)).collect();
    let signed_in = !visit.actor.offices.is_empty();
    let chrome = visit.chrome("home-title");
    visit.page(&View { chrome, nobody_yet, partnerships, signed_in, duties })
}

#[derive(Template)]
#[template(path = "sources.html")]
struct SourcesView {
    chrome: Chrome,
    sources: Vec<territory::Source>,
}

async fn sources(visit: Visit) -> Result<Response, PageFailure> {
    let sources = visit.app.read(|tx| Ok::<_, Failure>(territory::sources(tx)?)).await?;
    visit.page(&SourcesView { chrome: visit.chrome("footer-sources"), sources })
}

/// For watchers: 200 when the base answers.
async fn health(State(app): State<App>) -> Response {
    let extent = app.read(|tx| Ok::<_, Failure>(Journal::extent(tx)?)).await;
    match extent {
        Ok((entries, _)) => {
            let body = serde_json::json!({
                "status": "ok",
                "version": env!("CARGO_PKG_VERSION"),
                "engine": app.journal().db().engine(),
                "entries": entries,
            });
            axum::Json(body).into_response()
        }
        Err(_) => {
            let body = serde_json::json!({ "status": "down" });
            (StatusCode::SERVICE_UNAVAILABLE, axum::Json(body)).into_response()
        }
    }
}

/// The status line's first item: when this post last wrote something to its disk.
pub fn saved(
    tx: &mut Tx<'_>,
    _: &Actor,
    language: Language,
    catalogue: &Catalogue,
) -> Result<Vec<String>, Failure> {
    let (_, last) = Journal::extent(tx)?;
    Ok(last
        .map(|it| {
            let (day, time) = day_and_time(language, it);
            catalogue.say(language, "status-saved", &[("day", day), ("time", time)])
        })
        .into_iter()
        .collect())
}

/// The two halves of an instant, for a sentence that puts a word between them.
fn day_and_time(language: Language, millis: i64) -> (String, String) {
    let instant = language.instant(millis);
    match instant.rsplit_once(' ') {
        Some((day, time)) => (day.to_owned(), time.to_owned()),
        None => (instant, String::new()),
    }
}
