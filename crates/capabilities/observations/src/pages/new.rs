//! `/observations/nouvelle`: the commune is searched for, then the form, then the receipt.

use std::net::SocketAddr;

use askama::Template;
use axum::extract::{ConnectInfo, Path, Query, Request};
use axum::http::StatusCode;
use axum::http::header::ACCEPT;
use axum::response::{IntoResponse, Response};
use kernel::{Failure, Id, Message, Stop};
use territory::{Hit, Level};
use web::{Chrome, PageFailure, Sent, Visit, is_plain};

use crate::observation::Subject;
use crate::send::takes_of;
use crate::{LARGEST_PHOTO, LONGEST_TEXT, Receipt, SendRefused, Typed, clean, flood};

/// Where a proxy says for whom it asks.
const FORWARDED_FOR: &str = "x-forwarded-for";
/// How many communes a search shows.
const SHOWN: usize = 20;

#[derive(Template)]
#[template(path = "observations/search.html")]
struct Search {
    chrome: Chrome,
    q: String,
    asked: bool,
    found: Vec<(String, String, String)>,
}

pub(super) async fn search(
    visit: Visit,
    Query(pairs): Query<Vec<(String, String)>>,
) -> Result<Response, PageFailure> {
    let q: String = super::value(&pairs, "q").trim().chars().take(80).collect();
    let chrome = visit.chrome("observations-new-title");
    let (words, today, asked) = (q.clone(), visit.today(), !q.is_empty());
    let found = visit.app.read(move |tx| {
        let mut found: Vec<(String, String, String)> = Vec::new();
        let hits = if words.is_empty() {
            Vec::new()
        } else {
            territory::search(tx, &words, today, SHOWN)?
        };
        for hit in hits {
            let (code, village) = match hit {
                Hit::Unit(it) if it.level == Level::Commune => (it.code, String::new()),
                Hit::Locality(it, _) => (it.commune, it.name),
                _ => continue,
            };
            if found.iter().any(|it| it.0 == code) {
                continue;
            }
            let Some(place) = takes_of(tx, &code, today)? else { continue };
            let above: Vec<String> =
                territory::chain(tx, &code, today)?.into_iter().rev().map(|it| it.name).collect();
            let mut note = above.join(", ");
            if !village.is_empty() {
                note = format!("{village} – {note}");
            }
            found.push((code, place.name, note));
        }
        Ok::<_, Failure>(found)
    });
    let found = found.await?;
    visit.page(&Search { chrome, q, asked, found })
}

#[derive(Template)]
#[template(path = "observations/new.html")]
struct View {
    chrome: Chrome,
    code: String,
    name: String,
    typed: Typed,
    subjects: Vec<(String, String, bool)>,
    villages: Vec<String>,
    errors: Vec<(String, String)>,
    most: usize,
    letters: usize,
}

impl View {
    fn error(&self, field: &str) -> String {
        let found = self.errors.iter().find(|it| it.0 == field);
        found.map(|it| it.1.clone()).unwrap_or_default()
    }
}

async fn view(visit: &Visit, typed: Typed, refused: &SendRefused) -> Result<View, PageFailure> {
    let (code, today) = (typed.commune.clone(), visit.today());
    let found = visit.app.read(move |tx| {
        let Some(place) = takes_of(tx, &code, today)? else { return Ok(None) };
        let villages = territory::localities(tx, &code)?;
        Ok::<_, Failure>(Some((place, villages)))
    });
    let (place, villages) = found.await?.ok_or(PageFailure::NotFound)?;
    let chrome = visit.chrome("observations-new-title").with_invented(place.invented);
    let subjects = Subject::ALL.iter().map(|it| {
        let word = it.word().to_owned();
        let label = chrome.t(&format!("observations-subject-{word}"));
        let chosen = typed.subject == word;
        (word, label, chosen)
    });
    Ok(View {
        subjects: subjects.collect(),
        villages: villages.into_iter().map(|it| it.name).collect(),
        errors: refused.0.iter().map(|it| (it.0.to_owned(), chrome.tell(&it.1))).collect(),
        code: typed.commune.clone(),
        name: place.name,
        most: LARGEST_PHOTO,
        letters: LONGEST_TEXT,
        typed,
        chrome,
    })
}

pub(super) async fn show(visit: Visit, Path(code): Path<String>) -> Result<Response, PageFailure> {
    // A form that is sent twice is one observation.
    let secret = Id::mint().to_string();
    let typed = Typed { commune: code, secret, ..Typed::default() };
    let view = view(&visit, typed, &SendRefused::default()).await?;
    visit.page(&view)
}

#[derive(Template)]
#[template(path = "observations/sent.html")]
struct Done {
    chrome: Chrome,
    code: String,
    commune_href: String,
    again: bool,
}

pub(super) async fn submit(
    visit: Visit,
    Path(code): Path<String>,
    request: Request,
) -> Result<Response, PageFailure> {
    let wants_json = request
        .headers()
        .get(ACCEPT)
        .and_then(|it| it.to_str().ok())
        .is_some_and(|it| it.starts_with("application/json"));
    let peer = request.extensions().get::<ConnectInfo<SocketAddr>>().map(|it| it.0.ip());
    // Of several such lines the last one is the proxy's.
    let forwarded = request.headers().get_all(FORWARDED_FOR).iter().next_back();
    let address = flood::sender(peer, forwarded.and_then(|it| it.to_str().ok()));
    let sent = Sent::read(&visit, request).await?;
    if !sent.whole {
        return Err(PageFailure::TooLarge(super::FORM_BYTES));
    }
    if sent.fields.values().any(|it| !is_plain(it)) {
        return Err(PageFailure::Refused(Message::new("error-control-signs")));
    }
    let typed = Typed {
        secret: sent.field("envoi").to_owned(),
        commune: code.clone(),
        village: sent.field("village").to_owned(),
        subject: sent.field("sujet").to_owned(),
        text: sent.field("texte").to_owned(),
        hide_village: sent.field("cacher") == "oui",
        contact: sent.field("contact").to_owned(),
    };
    let done = if flood::takes_from(address, visit.now_millis) {
        let photo = match sent.bytes.as_slice() {
            [] => Ok(None),
            bytes => clean(bytes).map(Some),
        };
        let given = typed.clone();
        visit.app.write(&visit.actor, move |ctx| crate::send(ctx, &given, photo)).await
    } else {
        let rule = ("", Message::new("observations-flood"));
        Err(Stop::Refused(SendRefused(vec![rule])))
    };
    match done {
        Ok(receipt) if wants_json => Ok(json(&receipt)),
        Ok(receipt) => visit.page(&Done {
            chrome: visit.chrome("observations-sent-title"),
            code: receipt.code,
            commune_href: format!("/observations/commune/{code}"),
            again: receipt.again,
        }),
        Err(Stop::Refused(it)) if wants_json => {
            let chrome = visit.chrome_titled("");
            let told: Vec<String> = it.0.iter().map(|it| chrome.tell(&it.1)).collect();
            let body = serde_json::json!({ "message": told.join(" ") });
            Ok((StatusCode::UNPROCESSABLE_ENTITY, axum::Json(body)).into_response())
        }
        Err(Stop::Refused(it)) => visit.correct(&view(&visit, typed, &it).await?),
        Err(Stop::Failed(it)) => Err(it.into()),
    }
}

fn json(receipt: &Receipt) -> Response {
    axum::Json(serde_json::json!({ "code": receipt.code, "again": receipt.again })).into_response()
}
