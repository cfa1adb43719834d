//! Persons and offices of this post.

use askama::Template;
use axum::extract::Path;
use axum::response::{IntoResponse, Redirect, Response};
use identity::{Action, NewOffice, NewPerson, OfficeKind, Person};
use kernel::{Date, Failure, Id, Message, Reject, Stop};
use serde::Deserialize;

use super::setup::field_of;
use crate::{Access, Chrome, Form, PageFailure, Routes, Visit};

const ACCESS: Access = Access::Needs(Action::ManagePeople);

pub(super) fn routes() -> Routes {
    Routes::new()
        .get("/personnes", ACCESS, show)
        .post("/personnes", ACCESS, add)
        .post("/personnes/{id}/fonctions", ACCESS, add_office)
        .post("/personnes/{id}/deconnexion", ACCESS, sign_out)
        .post("/fonctions/{id}/fin", ACCESS, end)
}

#[derive(Clone, Default, Deserialize)]
#[serde(default)]
struct Fields {
    nom: String,
    identifiant: String,
    mot_de_passe: String,
    fonction: String,
    titre: String,
    lieu: String,
    debut: String,
    fin: String,
}

#[derive(Template)]
#[template(path = "accounts/persons.html")]
struct View {
    chrome: Chrome,
    persons: Vec<Person>,
    kinds: Vec<(OfficeKind, String)>,
    form: Fields,
    refusal: Option<(&'static str, String)>,
    today: Date,
}

impl View {
    fn error(&self, field: &str) -> String {
        self.refusal.iter().filter(|it| it.0 == field).map(|it| it.1.clone()).collect()
    }

    fn kind(&self, kind: &OfficeKind) -> String {
        self.chrome.t(&format!("office-{}", kind.word()))
    }

    fn day(&self, day: &Date) -> String {
        self.chrome.language().short_date(*day)
    }
}

async fn view(
    visit: &Visit,
    form: Fields,
    refusal: Option<(&'static str, Message)>,
) -> Result<View, PageFailure> {
    let persons = visit.app.read(identity::persons).await?;
    let chrome = visit.chrome("persons-title");
    let kinds = OfficeKind::ALL
        .into_iter()
        .map(|it| (it, chrome.t(&format!("office-{}", it.word()))))
        .collect();
    let refusal = refusal.map(|(field, it)| (field, chrome.tell(&it)));
    Ok(View { chrome, persons, kinds, form, refusal, today: visit.today() })
}

async fn show(visit: Visit) -> Result<Response, PageFailure> {
    let form = Fields { debut: visit.today().to_string(), ..Fields::default() };
    visit.page(&view(&visit, form, None).await?)
}

type Refusal = (&'static str, Message);

fn read_office(form: &Fields, name_of_place: Option<String>) -> Result<NewOffice, Stop<Refusal>> {
    let kind = form
        .fonction
        .parse()
        .map_err(|()| Stop::Refused(("fonction", Message::new("setup-no-office"))))?;
    if name_of_place.is_none() {
        return Err(Stop::Refused(("lieu", Message::new("setup-no-place"))));
    }
    let day = |text: &str, field: &'static str| {
        text.trim()
            .parse::<Date>()
            .map_err(|_| Stop::Refused((field, Message::new("form-bad-date").with("typed", text))))
    };
    let to = if form.fin.trim().is_empty() { None } else { Some(day(&form.fin, "fin")?) };
    Ok(NewOffice {
        kind,
        title: form.titre.clone(),
        place: form.lieu.trim().to_owned(),
        from: day(&form.debut, "debut")?,
        to,
    })
}

fn said(stop: Stop<identity::PersonRefused>) -> Stop<Refusal> {
    match stop {
        Stop::Refused(rule) => Stop::Refused((field_of(&rule), rule.message())),
        Stop::Failed(failure) => Stop::Failed(failure),
    }
}

async fn add(visit: Visit, Form(form): Form<Fields>) -> Result<Response, PageFailure> {
    let fields = form.clone();
    let (place_name, today) = (visit.app.shell().place_name, visit.today());
    let done = visit
        .app
        .write(&visit.actor, move |ctx| -> Result<(), Stop<Refusal>> {
            let office = read_office(&fields, place_name(ctx.tx, fields.lieu.trim(), today)?)?;
            let person = NewPerson {
                name: fields.nom,
                login: fields.identifiant,
                password: fields.mot_de_passe,
            };
            let id = identity::add_person(ctx, &person).map_err(said)?;
            identity::add_office(ctx, id, &office).map_err(said)?;
            Ok(())
        })
        .await;
    answer(visit, form, done).await
}

async fn add_office(
    visit: Visit,
    Path(id): Path<String>,
    Form(form): Form<Fields>,
) -> Result<Response, PageFailure> {
    let id: Id = id.parse().map_err(|_| PageFailure::NotFound)?;
    let fields = form.clone();
    let (place_name, today) = (visit.app.shell().place_name, visit.today());
    let done = visit
        .app
        .write(&visit.actor, move |ctx| -> Result<(), Stop<Refusal>> {
            let office = read_office(&fields, place_name(ctx.tx, fields.lieu.trim(), today)?)?;
            identity::add_office(ctx, id, &office).map_err(said)?;
            Ok(())
        })
        .await;
    answer(visit, form, done).await
}

async fn end(
    visit: Visit,
    Path(id): Path<String>,
    Form(form): Form<Fields>,
) -> Result<Response, PageFailure> {
    let id: Id = id.parse().map_err(|_| PageFailure::NotFound)?;
    let day = form.fin.trim().parse::<Date>().unwrap_or(visit.today());
    let done = visit
        .app
        .write(&visit.actor, move |ctx| identity::end_office(ctx, id, day, "").map_err(said))
        .await;
    answer(visit, form, done).await
}

async fn sign_out(
    visit: Visit,
    Path(id): Path<String>,
    Form(_): Form<Fields>,
) -> Result<Response, PageFailure> {
    let id: Id = id.parse().map_err(|_| PageFailure::NotFound)?;
    visit
        .app
        .write(&visit.actor, move |ctx| {
            ctx.authorize(Action::ManagePeople, &identity::Object::Post)?;
            identity::close_all(ctx.tx, id)
        })
        .await
        .map_err(|it: Failure| PageFailure::from(it))?;
    Ok(Redirect::to("/personnes").into_response())
}

async fn answer(
    visit: Visit,
    form: Fields,
    done: Result<(), Stop<Refusal>>,
) -> Result<Response, PageFailure> {
    match done {
        Ok(()) => Ok(Redirect::to("/personnes").into_response()),
        Err(Stop::Refused(refusal)) => visit.correct(&view(&visit, form, Some(refusal)).await?),
        Err(Stop::Failed(failure)) => Err(failure.into()),
    }
}
