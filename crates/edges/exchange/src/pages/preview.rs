//! A package that came: what it holds, then accepted or not.

use askama::Template;
use axum::extract::{Multipart, Path};
use axum::response::{IntoResponse, Redirect, Response};
use db::Tx;
use identity::{Action, Object};
use kernel::{Failure, Message, Reject, Stop};
use serde::Deserialize;
use web::{Chrome, Form, PageFailure, Routes, Visit};

use super::packages::{ACCESS, refused};
use super::upload::Upload;
use crate::{Hand, Places, Preview, Refused, accept, incoming, inspect};

/// The longest package, and what a form adds around it.
const LONGEST: usize = 33 * 1024 * 1024;

pub(super) fn routes() -> Routes {
    Routes::new()
        .upload("/echanges/receptions", ACCESS, LONGEST, receive)
        .get("/echanges/receptions/{id}", ACCESS, show)
        .post("/echanges/receptions/{id}", ACCESS, take)
        .post("/echanges/receptions/{id}/abandon", ACCESS, abandon)
}

/// A run of one chain.
struct Run {
    post: String,
    place: String,
    from: u64,
    to: u64,
    new: u64,
}

#[derive(Template)]
#[template(path = "exchange/preview.html")]
struct View {
    chrome: Chrome,
    id: String,
    from: String,
    level: String,
    place: String,
    number: u64,
    day: String,
    new: u64,
    known: u64,
    left: u64,
    kinds: Vec<(String, u64)>,
    runs: Vec<Run>,
}

/// Why a package stops on its way through a page.
type Halt = Stop<Refused>;

async fn receive(visit: Visit, form: Multipart) -> Result<Response, PageFailure> {
    let upload = Upload::read(&visit, form).await?;
    if upload.file.is_empty() {
        return refused(&visit, "fichier", Message::new("exchange-no-file")).await;
    }
    let places = Places::on(visit.today());
    let kept = visit
        .app
        .write(&visit.actor, move |ctx| -> Result<String, Halt> {
            ctx.authorize(Action::Exchange, &Object::Post)?;
            let (journal, hand) = (ctx.journal(), Hand::of(ctx));
            inspect(journal, ctx.tx, &places, &hand, &upload.file)?;
            Ok(incoming::keep(ctx.tx, upload.file, ctx.now_millis)?)
        })
        .await;
    match kept {
        Ok(id) => Ok(Redirect::to(&format!("/echanges/receptions/{id}")).into_response()),
        Err(stop) => halt(&visit, stop).await,
    }
}

async fn halt(visit: &Visit, stop: Halt) -> Result<Response, PageFailure> {
    match stop {
        Stop::Refused(rule) => refused(visit, "fichier", rule.message()).await,
        Stop::Failed(failure) => Err(failure.into()),
    }
}

async fn gone(visit: &Visit) -> Result<Response, PageFailure> {
    refused(visit, "fichier", Message::new("exchange-gone")).await
}

async fn show(visit: Visit, Path(id): Path<String>) -> Result<Response, PageFailure> {
    let asked = visit.clone();
    let found = visit
        .app
        .write(&visit.actor, move |ctx| -> Result<Option<View>, Halt> {
            ctx.authorize(Action::Exchange, &Object::Post)?;
            let Some(bytes) = incoming::find(ctx.tx, &id)? else { return Ok(None) };
            let (journal, hand) = (ctx.journal(), Hand::of(ctx));
            let places = Places::on(asked.today());
            let preview = inspect(journal, ctx.tx, &places, &hand, &bytes)?;
            Ok(Some(view(ctx.tx, &asked, id, preview)?))
        })
        .await;
    match found {
        Ok(Some(view)) => visit.page(&view),
        Ok(None) => gone(&visit).await,
        Err(stop) => halt(&visit, stop).await,
    }
}

fn view(tx: &mut Tx<'_>, visit: &Visit, id: String, it: Preview) -> Result<View, Failure> {
    let chrome = visit.chrome("exchange-preview-title");
    let mut kinds: Vec<(String, u64)> = Vec::new();
    for (kind, count) in &it.kinds {
        let label = kind_words(visit, kind);
        match kinds.iter_mut().find(|known| known.0 == label) {
            Some(known) => known.1 += count,
            None => kinds.push((label, *count)),
        }
    }
    let mut runs = Vec::new();
    for chain in it.chains {
        let place = super::place(tx, visit, &chain.place)?;
        let (from, to, new) = (chain.from, chain.to, chain.new);
        runs.push(Run { post: chain.post, place, from, to, new });
    }
    Ok(View {
        id,
        level: chrome.t(&format!("post-level-{}", it.from.level)),
        place: super::place(tx, visit, &it.from.territory)?,
        from: it.from.name,
        number: it.number,
        day: visit.language.instant(it.made_millis),
        new: it.new,
        known: it.known,
        left: it.left,
        kinds,
        runs,
        chrome,
    })
}

/// The words for a kind of entry, given by its slice under `kind-…`; a kind of a newer program has
/// none here.
fn kind_words(visit: &Visit, kind: &str) -> String {
    let key = format!("kind-{}", kind.replace('.', "-"));
    let catalogue = visit.app.catalogue();
    let known = catalogue.has(visit.language, &key);
    catalogue.say(visit.language, if known { &key } else { "exchange-kind-other" }, &[])
}

#[derive(Deserialize)]
struct Nothing {}

async fn take(
    visit: Visit,
    Path(id): Path<String>,
    Form(Nothing {}): Form<Nothing>,
) -> Result<Response, PageFailure> {
    let places = Places::on(visit.today());
    let taken = visit
        .app
        .write(&visit.actor, move |ctx| -> Result<Option<u64>, Halt> {
            ctx.authorize(Action::Exchange, &Object::Post)?;
            let Some(bytes) = incoming::find(ctx.tx, &id)? else { return Ok(None) };
            let (journal, hand) = (ctx.journal(), Hand::of(ctx));
            let preview = accept(journal, ctx.tx, &places, &hand, &bytes)?;
            incoming::forget(ctx.tx, &id)?;
            Ok(Some(preview.new))
        })
        .await;
    match taken {
        Ok(Some(new)) => Ok(Redirect::to(&format!("/echanges?accepte={new}")).into_response()),
        Ok(None) => gone(&visit).await,
        Err(stop) => halt(&visit, stop).await,
    }
}

async fn abandon(
    visit: Visit,
    Path(id): Path<String>,
    Form(Nothing {}): Form<Nothing>,
) -> Result<Response, PageFailure> {
    visit
        .app
        .write(&visit.actor, move |ctx| -> Result<(), Failure> {
            ctx.authorize(Action::Exchange, &Object::Post)?;
            Ok(incoming::forget(ctx.tx, &id)?)
        })
        .await?;
    Ok(Redirect::to("/echanges?abandon=oui").into_response())
}
