//! The file, and the name of its source.

use super::address;
use crate::analysis;
use crate::crosscheck::draft::{DRAFTS, begin};
use crate::crosscheck::store::known;
use crate::questionnaire::newest;
use crate::store::ground;
use askama::Template;
use axum::extract::Request;
use axum::response::{IntoResponse, Redirect, Response};
use identity::{Action, Object, allow};
use kernel::{Failure, Message, Reject};
use tables::Limits;
use web::{Chrome, PageFailure, Sent, Visit};

#[derive(Template)]
#[template(path = "crosscheck/choose.html")]
struct Choose {
    chrome: Chrome,
    name: String,
    known: Vec<String>,
    refusal: String,
}

async fn choose_view(visit: &Visit, name: &str, refusal: String) -> Result<Choose, PageFailure> {
    let known = visit.app.read::<_, Failure>(|tx| Ok(known(tx)?)).await;
    Ok(Choose {
        chrome: visit.chrome("crosscheck-import"),
        name: name.to_owned(),
        known: known.map_err(PageFailure::from)?,
        refusal,
    })
}

pub(super) async fn choose(visit: Visit) -> Result<Response, PageFailure> {
    visit.page(&choose_view(&visit, "", String::new()).await?)
}

pub(super) async fn receive(visit: Visit, request: Request) -> Result<Response, PageFailure> {
    let sent = Sent::read(&visit, request).await?;
    let name = sent.field("nom").trim().chars().take(120).collect::<String>();
    let refused = |message: Message| visit.app.tell(visit.language, &message);
    let wrong = if name.is_empty() {
        Some(Message::new("crosscheck-no-name"))
    } else if !sent.whole {
        Some(Message::new("tables-too-large").with("size", "> 8").with("most", 8))
    } else if sent.bytes.is_empty() {
        Some(Message::new("import-no-file"))
    } else {
        None
    };
    if let Some(message) = wrong {
        return visit.correct(&choose_view(&visit, &name, refused(message)).await?);
    }
    let (file, bytes) = (sent.name.clone(), sent.bytes);
    let read = visit
        .app
        .work(move || {
            let hash = blake3::hash(&bytes).to_hex().to_string();
            Ok((tables::read(&bytes, &file, &Limits::default()), hash))
        })
        .await?;
    let (book, hash) = match read {
        (Ok(book), hash) => (book, hash),
        (Err(rule), _) => {
            return visit.correct(&choose_view(&visit, &name, refused(rule.message())).await?);
        }
    };
    let (actor, today, file) = (visit.actor.clone(), visit.today(), sent.name);
    let draft = visit
        .app
        .read::<_, Failure>(move |tx| {
            let place = analysis::home(tx, &actor, today)?.ok_or(Failure::NotFound)?;
            let ground = ground(tx, &place, today)?.ok_or(Failure::NotFound)?;
            if !allow(&actor, Action::CrossCheck, &Object::at(ground.path(&place))) {
                return Err(Failure::Denied("cross-check".to_owned()));
            }
            let questionnaire = newest(tx)?;
            begin(tx, &questionnaire, (&name, &place), (file, hash), book)
        })
        .await
        .map_err(PageFailure::from)?;
    let id = DRAFTS.keep(&visit, draft);
    Ok(Redirect::to(&address(&id, "colonnes")).into_response())
}
