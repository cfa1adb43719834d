//! First run: which post this is, and its first person.

use askama::Template;
use axum::response::{IntoResponse, Redirect, Response};
use identity::{NewOffice, NewPerson, OfficeKind};
use journal::Journal;
use kernel::{Failure, Message, Reject, Stop};
use serde::Deserialize;

use super::sign_in::enter;
use crate::place::AtTheMachine;
use crate::{Access, Chrome, Form, PageFailure, Routes, Visit};

pub(super) fn routes() -> Routes {
    Routes::new()
        .get("/installation", Access::Public, show)
        .post("/installation", Access::Public, submit)
        .post("/installation/contenu", Access::Public, fill)
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
    /// Whether the base holds no place yet, so that none could be named.
    fill_due: bool,
}

impl View {
    fn error(&self, field: &str) -> String {
        self.refusal.iter().filter(|it| it.0 == field).map(|it| it.1.clone()).collect()
    }
}

async fn view(
    visit: &Visit,
    form: Fields,
    refusal: Option<(&'static str, Message)>,
) -> Result<View, PageFailure> {
    let fill_due = visit.app.is_fill_due().await?;
    let chrome = visit.chrome("setup-title");
    let kinds = OfficeKind::ALL
        .into_iter()
        .map(|it| (it, chrome.t(&format!("office-{}", it.word()))))
        .collect();
    let refusal = refusal.map(|(field, it)| (field, chrome.tell(&it)));
    Ok(View { chrome, form, kinds, refusal, fill_due })
}

async fn show(visit: Visit, _: AtTheMachine) -> Result<Response, PageFailure> {
    if !nobody_yet(&visit).await? {
        return Ok(Redirect::to("/connexion").into_response());
    }
    let place = visit
        .app
        .read(|tx| Ok::<_, Failure>(Journal::setting(tx, "post.place")?))
        .await?
        .unwrap_or_default();
    let form = Fields { lieu: place, ..Fields::default() };
    visit.page(&view(&visit, form, None).await?)
}

#[derive(Deserialize)]
struct Nothing {}

/// Fills the base of a post that nobody has opened yet.
async fn fill(
    visit: Visit,
    _: AtTheMachine,
    Form(_): Form<Nothing>,
) -> Result<Response, PageFailure> {
    if !nobody_yet(&visit).await? {
        return Ok(Redirect::to("/connexion").into_response());
    }
    visit.app.fill().await?;
    Ok(Redirect::to("/installation").into_response())
}

async fn submit(
    visit: Visit,
    _: AtTheMachine,
    Form(form): Form<Fields>,
) -> Result<Response, PageFailure> {
    let Ok(kind) = form.fonction.parse::<OfficeKind>() else {
        let refusal = ("fonction", Message::new("setup-no-office"));
        return visit.correct(&view(&visit, form, Some(refusal)).await?);
    };
    // Asked before the slow hash; asked again within the transaction.
    if !nobody_yet(&visit).await? {
        return Ok(Redirect::to("/connexion").into_response());
    }
    let person = NewPerson {
        name: form.nom.clone(),
        login: form.identifiant.clone(),
        password: form.mot_de_passe.clone(),
    };
    let person = match visit.app.prove(move |_| person.ready()).await {
        Ok(it) => it,
        Err(Stop::Failed(failure)) => return Err(failure.into()),
        Err(Stop::Refused(rule)) => {
            let refusal = (field_of(&rule), rule.message());
            return visit.correct(&view(&visit, form, Some(refusal)).await?);
        }
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
            let office = NewOffice {
                kind,
                title: fields.titre,
                place: place.clone(),
                from: today,
                to: None,
            };
            let id = match person.enrol_first(ctx, &office) {
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
        Err(Stop::Refused(refusal)) => visit.correct(&view(&visit, form, Some(refusal)).await?),
        Err(Stop::Failed(failure)) => Err(failure.into()),
    }
}

/// The field that a rule on people is about.
pub(super) fn field_of(rule: &identity::PersonRefused) -> &'static str {
    use identity::PersonRefused::*;
    match rule {
        NoName | LongName => "nom",
        BadLogin | LoginTaken => "identifiant",
        ShortPassword | EasyPassword => "mot_de_passe",
        NoTitle | LongTitle => "titre",
        EndsBeforeStart => "fin",
        BadPin => "pin",
        OwnOffice => "fonction",
        NotFirst | LastAdministrator | Unknown => "",
    }
}
