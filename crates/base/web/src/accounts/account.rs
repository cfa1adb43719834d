//! One's own account: password, PIN, sign-out everywhere.

use askama::Template;
use axum::response::{IntoResponse, Redirect, Response};
use identity::{PasswordRefused, SignInRefused};
use kernel::{Message, Reject, Stop};
use serde::Deserialize;

use super::setup::field_of;
use crate::{Access, Chrome, Form, PageFailure, Routes, Visit};

pub(super) fn routes() -> Routes {
    Routes::new()
        .get("/compte", Access::SignedIn, show)
        .post("/compte/mot-de-passe", Access::SignedIn, password)
        .post("/compte/pin", Access::SignedIn, pin)
        .post("/deconnexion/partout", Access::SignedIn, everywhere)
}

#[derive(Template)]
#[template(path = "accounts/account.html")]
struct View {
    chrome: Chrome,
    done: Option<String>,
    refusal: Option<(&'static str, String)>,
}

impl View {
    fn error(&self, field: &str) -> String {
        self.refusal.iter().filter(|it| it.0 == field).map(|it| it.1.clone()).collect()
    }
}

async fn show(visit: Visit) -> Result<Response, PageFailure> {
    visit.page(&View { chrome: visit.chrome("account-title"), done: None, refusal: None })
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Fields {
    ancien: String,
    mot_de_passe: String,
    pin: String,
}

async fn password(visit: Visit, Form(form): Form<Fields>) -> Result<Response, PageFailure> {
    let (actor, session, now) = (visit.actor.clone(), visit.session.clone(), visit.now_millis);
    let done = visit
        .app
        .prove(move |journal| {
            let (old, new) = (&form.ancien, &form.mot_de_passe);
            identity::change_password(journal, &actor, session.as_deref(), old, new, now)
        })
        .await;
    let message = match done {
        Ok(()) => return answer(&visit, "account-password-changed", Ok(())),
        Err(Stop::Failed(failure)) => return Err(failure.into()),
        Err(Stop::Refused(PasswordRefused::Rule(rule))) => {
            return answer(&visit, "", Err(Stop::Refused(rule)));
        }
        Err(Stop::Refused(PasswordRefused::Door(SignInRefused::Wrong))) => {
            Message::new("account-wrong-password")
        }
        Err(Stop::Refused(PasswordRefused::Door(wait))) => wait.message(),
    };
    refuse(&visit, "ancien", &message)
}

async fn pin(visit: Visit, Form(form): Form<Fields>) -> Result<Response, PageFailure> {
    let actor = visit.actor.clone();
    let done =
        visit.app.prove(move |journal| identity::set_pin(journal, &actor, form.pin.trim())).await;
    answer(&visit, "account-pin-changed", done)
}

fn answer(
    visit: &Visit,
    key: &str,
    done: Result<(), Stop<identity::PersonRefused>>,
) -> Result<Response, PageFailure> {
    match done {
        Ok(()) => {
            let chrome = visit.chrome("account-title");
            let done = Some(chrome.t(key));
            visit.page(&View { chrome, done, refusal: None })
        }
        Err(Stop::Refused(rule)) => refuse(visit, field_of(&rule), &rule.message()),
        Err(Stop::Failed(failure)) => Err(failure.into()),
    }
}

fn refuse(visit: &Visit, field: &'static str, message: &Message) -> Result<Response, PageFailure> {
    let chrome = visit.chrome("account-title");
    let refusal = Some((field, chrome.tell(message)));
    visit.correct(&View { chrome, done: None, refusal })
}

#[derive(Deserialize)]
struct Nothing {}

async fn everywhere(visit: Visit, Form(_): Form<Nothing>) -> Result<Response, PageFailure> {
    if let Some(id) = visit.actor.person_id {
        visit.app.write(&visit.actor, move |ctx| identity::close_all(ctx.tx, id)).await?;
    }
    Ok(Redirect::to("/connexion").into_response())
}
