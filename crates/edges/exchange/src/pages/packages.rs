//! What is sent and received: `/echanges`.

use askama::Template;
use axum::extract::Query;
use axum::response::Response;
use db::Tx;
use identity::{Action, Object};
use kernel::{Failure, Message, Reject, Stop};
use serde::Deserialize;
use web::{Access, Chrome, Form, PageFailure, Routes, Visit};

use crate::{Hand, Places, Posts, Refused, export, receptions, sendings, waiting};

pub(super) const ACCESS: Access = Access::Needs(Action::Exchange);
/// Packages shown on the page, each way.
const SHOWN: i64 = 50;

pub(super) fn routes() -> Routes {
    Routes::new().get("/echanges", ACCESS, show).post("/echanges/envois", ACCESS, make)
}

/// A post and what waits for it.
struct Peer {
    id: String,
    name: String,
    level: String,
    unsent: String,
    unreceipted: Option<String>,
    at_rest: bool,
}

/// A package made here.
struct Sent {
    to: String,
    number: i64,
    day: String,
    entries: String,
    size: String,
    receipt: Option<String>,
}

/// A package taken in here.
struct Taken {
    from: String,
    number: i64,
    day: String,
    entries: String,
}

/// What the address says about what was just done.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Done {
    accepte: Option<u32>,
    abandon: Option<String>,
}

#[derive(Template)]
#[template(path = "exchange/packages.html")]
struct View {
    chrome: Chrome,
    opened: bool,
    peers: Vec<Peer>,
    sent: Vec<Sent>,
    taken: Vec<Taken>,
    done: Option<String>,
    refusal: Option<(&'static str, String)>,
}

async fn view(
    visit: &Visit,
    done: Option<String>,
    refusal: Option<(&'static str, Message)>,
) -> Result<View, PageFailure> {
    let chrome = visit.chrome("exchange-title");
    let refusal = refusal.map(|(field, it)| (field, chrome.tell(&it)));
    let (asked, words) = (visit.clone(), chrome.clone());
    visit
        .app
        .read(move |tx| -> Result<View, Failure> {
            let places = Places::on(asked.today());
            let posts = Posts::load(asked.app.journal(), tx, &places)?;
            Ok(View {
                opened: posts.own().is_some(),
                peers: peers(tx, &places, &posts, &words)?,
                sent: sent(tx, &asked, &posts, &words)?,
                taken: taken(tx, &asked, &posts)?,
                chrome: words,
                done,
                refusal,
            })
        })
        .await
        .map_err(PageFailure::from)
}

fn peers(
    tx: &mut Tx<'_>,
    places: &Places,
    posts: &Posts,
    words: &Chrome,
) -> Result<Vec<Peer>, Failure> {
    let all = waiting(tx, places, posts)?;
    Ok(all
        .into_iter()
        .map(|(it, unsent)| Peer {
            id: it.card.id(),
            name: it.card.name,
            level: words.t(&format!("post-level-{}", it.card.level)),
            unsent: words.t1("exchange-unsent", "count", unsent.records),
            unreceipted: (0 < unsent.unreceipted)
                .then(|| words.t1("exchange-unreceipted", "count", unsent.unreceipted)),
            at_rest: unsent.records == 0,
        })
        .collect())
}

fn sent(
    tx: &mut Tx<'_>,
    visit: &Visit,
    posts: &Posts,
    words: &Chrome,
) -> Result<Vec<Sent>, Failure> {
    let all = sendings(visit.app.journal(), tx, SHOWN)?;
    Ok(all
        .into_iter()
        .map(|it| {
            let to = posts.name(&it.to);
            let receipt = it.accepted_millis.map(|millis| {
                let day = visit.language.instant(millis);
                words.t2("exchange-received-by", ("post", &to), ("day", day))
            });
            Sent {
                number: it.number,
                day: visit.language.instant(it.made_millis),
                entries: visit.language.integer(it.entries),
                size: super::size(visit, it.bytes),
                to,
                receipt,
            }
        })
        .collect())
}

fn taken(tx: &mut Tx<'_>, visit: &Visit, posts: &Posts) -> Result<Vec<Taken>, Failure> {
    let all = receptions(visit.app.journal(), tx, SHOWN)?;
    Ok(all
        .into_iter()
        .map(|it| Taken {
            from: posts.name(&it.from),
            number: it.number,
            day: visit.language.instant(it.accepted_millis),
            entries: visit.language.integer(it.entries),
        })
        .collect())
}

async fn show(visit: Visit, Query(query): Query<Done>) -> Result<Response, PageFailure> {
    let say = |key: &str, count: u32| {
        visit.app.catalogue().say(visit.language, key, &[("count", count.to_string())])
    };
    let done = match query {
        Done { accepte: Some(new), .. } => Some(say("exchange-done", new)),
        Done { abandon: Some(_), .. } => Some(say("exchange-dropped", 0)),
        Done { .. } => None,
    };
    visit.page(&view(&visit, done, None).await?)
}

/// The page again, with what is wrong with a package.
pub(super) async fn refused(
    visit: &Visit,
    field: &'static str,
    message: Message,
) -> Result<Response, PageFailure> {
    visit.correct(&view(visit, None, Some((field, message))).await?)
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Wanted {
    poste: String,
    tout: Option<String>,
}

async fn make(visit: Visit, Form(form): Form<Wanted>) -> Result<Response, PageFailure> {
    if form.poste.is_empty() {
        return refused(&visit, "poste", Message::new("exchange-no-post-chosen")).await;
    }
    let places = Places::on(visit.today());
    let made = visit
        .app
        .write(&visit.actor, move |ctx| -> Result<_, Stop<Refused>> {
            ctx.authorize(Action::Exchange, &Object::Post)?;
            let (journal, hand) = (ctx.journal(), Hand::of(ctx));
            export(journal, ctx.tx, &places, &hand, (&form.poste, form.tout.is_some()))
        })
        .await;
    match made {
        Ok(it) => Ok(visit.file(&it.file_name, "application/octet-stream", it.bytes)),
        Err(Stop::Refused(rule)) => refused(&visit, "poste", rule.message()).await,
        Err(Stop::Failed(failure)) => Err(failure.into()),
    }
}
