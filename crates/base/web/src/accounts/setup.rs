//! First run: which post this is, and its first person.

use std::net::SocketAddr;

use askama::Template;
use axum::extract::ConnectInfo;
use axum::response::{IntoResponse, Redirect, Response};
use identity::{NewOffice, NewPerson, OfficeKind};
use journal::Journal;
use kernel::{Failure, Message, Reject, Stop};
use serde::Deserialize;

use super::sign_in::enter;
use crate::{Access, Chrome, Form, PageFailure, Routes, Visit};

pub(super) fn routes() -> Routes {
    Routes::new().get("/installation", Access::Public, show).post(
        "/installation",
        Access::Public,
        submit,
    )
}

/// Whether this post has no person yet.
pub(super) async fn nobody_yet(visit: &Visit) -> Result<bool, PageFailure> {
    let rows = visit
        .app
        .read(|tx| Ok::<_, Failure>(tx.query("select person_id from person limit 1", &[])?))
        .await?;
    Ok(rows.is_empty())
}

#[derive(Clone, Default, Deserialize)]
#[serde(default)]
struct Fields {
    lieu: String,
    poste: String,
    nom: String,
    identifiant: String,
    mot_de_passe: String,
    fonction: String,
    titre: String,
}

#[derive(Template)]
#[template(path = "accounts/setup.html")]
struct View {
    chrome: Chrome,
    form: Fields,
    kinds: Vec<(OfficeKind, String)>,
    refusal: Option<(&'static str, String)>,
}

impl View {
    fn error(&self, field: &str) -> String {
        self.refusal.iter().filter(|it| it.0 == field).map(|it| it.1.clone()).collect()
    }
}

fn view(visit: &Visit, form: Fields, refusal: Option<(&'static str, Message)>) -> View {
    let chrome = visit.chrome("setup-title");
    let kinds = OfficeKind::ALL
        .into_iter()
        .map(|it| (it, chrome.t(&format!("office-{}", it.word()))))
        .collect();
    let refusal = refusal.map(|(field, it)| (field, chrome.tell(&it)));
    View { chrome, form, kinds, refusal }
}

/// The first person is named at the machine itself: whoever could name it from elsewhere would own
/// the post.
fn at_the_machine(from: SocketAddr) -> Result<(), PageFailure> {
    if from.ip().to_canonical().is_loopback() {
        Ok(())
    } else {
        Err(PageFailure::Refused(Message::new("setup-not-here")))
    }
}

async fn show(
    visit: Visit,
    ConnectInfo(from): ConnectInfo<SocketAddr>,
) -> Result<Response, PageFailure> {
    at_the_machine(from)?;
    if !nobody_yet(&visit).await? {
        return Ok(Redirect::to("/connexion").into_response());
    }
    let place = visit
        .app
        .read(|tx| Ok::<_, Failure>(Journal::setting(tx, "post.place")?))
        .await?
        .unwrap_or_default();
    let form = Fields { lieu: place, ..Fields::default() };
    visit.page(&view(&visit, form, None))
}

async fn submit(
    visit: Visit,
    ConnectInfo(from): ConnectInfo<SocketAddr>,
    Form(form): Form<Fields>,
) -> Result<Response, PageFailure> {
    at_the_machine(from)?;
    let Ok(kind) = form.fonction.parse::<OfficeKind>() else {
        return visit.correct(&view(
            &visit,
            form,
            Some(("fonction", Message::new("setup-no-office"))),
        ));
    };
    let fields = form.clone();
    let (today, now, device) = (visit.today(), visit.now_millis, visit.device.clone());
    let place_name = visit.app.shell().place_name;
    let done = visit
        .app
        .write(&visit.actor, move |ctx| -> Result<_, Stop<(&'static str, Message)>> {
            let place = fields.lieu.trim().to_owned();
            let Some(name) = place_name(ctx.tx, &place, today)? else {
                return Err(Stop::Refused(("lieu", Message::new("setup-no-place"))));
            };
            let person = NewPerson {
                name: fields.nom,
                login: fields.identifiant,
                password: fields.mot_de_passe,
            };
            let office = NewOffice {
                kind,
                title: fields.titre,
                place: place.clone(),
                from: today,
                to: None,
            };
            let id = match identity::first_person(ctx, &person, &office) {
                Ok(id) => id,
                Err(Stop::Failed(failure)) => return Err(failure.into()),
                Err(Stop::Refused(rule)) => {
                    return Err(Stop::Refused((field_of(&rule), rule.message())));
                }
            };
            let post = if fields.poste.trim().is_empty() { name } else { fields.poste };
            Journal::set_setting(ctx.tx, "post.place", &place).map_err(Failure::from)?;
            Journal::set_setting(ctx.tx, "post.name", post.trim()).map_err(Failure::from)?;
            Ok(identity::open_for_device(ctx.tx, id, device.as_deref(), now)?)
        })
        .await;
    match done {
        Ok((session, device)) => Ok(enter("/", &session, &device)),
        Err(Stop::Refused(refusal)) => visit.correct(&view(&visit, form, Some(refusal))),
        Err(Stop::Failed(failure)) => Err(failure.into()),
    }
}

/// The field that a rule on people is about.
pub(super) fn field_of(rule: &identity::PersonRefused) -> &'static str {
    use identity::PersonRefused::*;
    match rule {
        NoName => "nom",
        BadLogin | LoginTaken => "identifiant",
        ShortPassword | EasyPassword => "mot_de_passe",
        NoTitle => "titre",
        EndsBeforeStart => "fin",
        BadPin => "pin",
        NotFirst | Unknown => "",
    }
}
