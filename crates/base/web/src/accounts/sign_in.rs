//! Sign in, lock, unlock, switch, sign out.

use askama::Template;
use axum::extract::Query;
use axum::http::header::SET_COOKIE;
use axum::response::{AppendHeaders, IntoResponse, Redirect, Response};
use identity::SignInRefused;
use kernel::{Failure, Id, Message, Reject};
use serde::Deserialize;

use super::onward;
use crate::visit::{DEVICE_COOKIE, SESSION_COOKIE};
use crate::{Access, Chrome, Form, PageFailure, Routes, Visit};

pub(super) fn routes() -> Routes {
    Routes::new()
        .get("/connexion", Access::Public, show)
        .post("/connexion", Access::Public, submit)
        .post("/deconnexion", Access::Public, leave)
        .post("/verrouiller", Access::SignedIn, lock)
        .get("/deverrouiller", Access::Public, show_locked)
        .post("/deverrouiller", Access::Public, unlock)
        .post("/changer", Access::Public, switch)
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Onward {
    suite: String,
}

#[derive(Template)]
#[template(path = "accounts/sign_in.html")]
struct View {
    chrome: Chrome,
    login: String,
    suite: String,
    refusal: Option<String>,
    nobody_yet: bool,
}

async fn view(
    visit: &Visit,
    login: String,
    suite: String,
    refusal: Option<String>,
) -> Result<View, PageFailure> {
    let nobody_yet = super::setup::nobody_yet(visit).await?;
    Ok(View { chrome: visit.chrome("sign-in-title"), login, suite, refusal, nobody_yet })
}

async fn show(visit: Visit, Query(to): Query<Onward>) -> Result<Response, PageFailure> {
    let view = view(&visit, String::new(), to.suite, None).await?;
    visit.page(&view)
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct SignIn {
    identifiant: String,
    mot_de_passe: String,
    suite: String,
}

async fn submit(visit: Visit, Form(form): Form<SignIn>) -> Result<Response, PageFailure> {
    let (login, device, now) = (form.identifiant.clone(), visit.device.clone(), visit.now_millis);
    let opened = visit
        .app
        .prove(move |journal| {
            identity::open(journal, &login, &form.mot_de_passe, device.as_deref(), now)
        })
        .await?;
    match opened {
        Ok((session, device)) => Ok(enter(onward(&form.suite), &session, &device)),
        Err(refused) => {
            let sentence = visit.app.tell(visit.language, &refused.message());
            let view = view(&visit, form.identifiant, form.suite, Some(sentence)).await?;
            visit.correct(&view)
        }
    }
}

/// The answer that opens a session in the browser.
pub(super) fn enter(to: &str, session: &str, device: &str) -> Response {
    let cookies = AppendHeaders([
        (SET_COOKIE, format!("{SESSION_COOKIE}={session}; Path=/; HttpOnly; SameSite=Lax")),
        (
            SET_COOKIE,
            format!("{DEVICE_COOKIE}={device}; Path=/; HttpOnly; SameSite=Lax; Max-Age=31536000"),
        ),
    ]);
    (cookies, Redirect::to(to)).into_response()
}

#[derive(Deserialize)]
struct Nothing {}

async fn leave(visit: Visit, Form(_): Form<Nothing>) -> Result<Response, PageFailure> {
    if let Some(session) = visit.session.clone() {
        visit.app.write(&visit.actor, move |ctx| identity::close(ctx.tx, &session)).await?;
    }
    let gone = format!("{SESSION_COOKIE}=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0");
    // What the browser kept of signed-in pages goes too.
    let headers = [
        (SET_COOKIE, gone),
        ("clear-site-data".parse().map_err(Failure::broken)?, "\"cache\"".to_owned()),
    ];
    Ok((headers, Redirect::to("/")).into_response())
}

async fn lock(visit: Visit, Form(_): Form<Nothing>) -> Result<Response, PageFailure> {
    if let Some(session) = visit.session.clone() {
        visit.app.write(&visit.actor, move |ctx| identity::lock(ctx.tx, &session)).await?;
    }
    Ok(Redirect::to("/deverrouiller").into_response())
}

#[derive(Template)]
#[template(path = "accounts/locked.html")]
struct LockedView {
    chrome: Chrome,
    name: String,
    others: Vec<(Id, String)>,
    suite: String,
    refusal: Option<String>,
}

async fn locked_view(
    visit: &Visit,
    suite: String,
    refusal: Option<&Message>,
) -> Result<LockedView, PageFailure> {
    let (device, now) = (visit.device.clone().unwrap_or_default(), visit.now_millis);
    let others = visit.app.read(move |tx| identity::others_on_device(tx, &device, now)).await?;
    let name = visit.locked_name.clone().unwrap_or_else(|| visit.actor.name.clone());
    let others = others.into_iter().filter(|it| it.1 != name).collect();
    Ok(LockedView {
        chrome: visit.chrome("locked-title"),
        name,
        others,
        suite,
        refusal: refusal.map(|it| visit.app.tell(visit.language, it)),
    })
}

async fn show_locked(visit: Visit, Query(to): Query<Onward>) -> Result<Response, PageFailure> {
    if visit.session.is_none() {
        return Ok(Redirect::to("/connexion").into_response());
    }
    let view = locked_view(&visit, to.suite, None).await?;
    visit.page(&view)
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Proof {
    secret: String,
    personne: String,
    suite: String,
}

async fn unlock(visit: Visit, Form(form): Form<Proof>) -> Result<Response, PageFailure> {
    let Some(session) = visit.session.clone() else {
        return Ok(Redirect::to("/connexion").into_response());
    };
    let (secret, now) = (form.secret, visit.now_millis);
    let done =
        visit.app.prove(move |journal| identity::unlock(journal, &session, &secret, now)).await?;
    match done {
        Ok(()) => Ok(Redirect::to(onward(&form.suite)).into_response()),
        Err(refused) => again(&visit, form.suite, &refused).await,
    }
}

async fn switch(visit: Visit, Form(form): Form<Proof>) -> Result<Response, PageFailure> {
    let (Some(device), Ok(person)) = (visit.device.clone(), form.personne.parse::<Id>()) else {
        return Ok(Redirect::to("/connexion").into_response());
    };
    let (secret, now) = (form.secret, visit.now_millis);
    let done = visit
        .app
        .prove(move |journal| identity::switch(journal, &device, person, &secret, now))
        .await?;
    match done {
        Ok((session, device)) => Ok(enter(onward(&form.suite), &session, &device)),
        Err(refused) => again(&visit, form.suite, &refused).await,
    }
}

async fn again(
    visit: &Visit,
    suite: String,
    refused: &SignInRefused,
) -> Result<Response, PageFailure> {
    let message = match refused {
        SignInRefused::Wrong => Message::new("unlock-wrong"),
        SignInRefused::Wait { .. } => refused.message(),
    };
    let view = locked_view(visit, suite, Some(&message)).await?;
    visit.correct(&view)
}
