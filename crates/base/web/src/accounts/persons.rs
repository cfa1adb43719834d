//! Persons and offices of this post.

use askama::Template;
use axum::extract::Path;
use axum::response::{IntoResponse, Redirect, Response};
use identity::{Action, NewOffice, NewPerson, OfficeKind, Person};
use kernel::format::read_date;
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
    own: Option<Id>,
}

impl View {
    fn error(&self, field: &str) -> String {
        self.refusal.iter().filter(|it| it.0 == field).map(|it| it.1.clone()).collect()
    }

    fn kind(&self, kind: &OfficeKind) -> String {
        self.chrome.t(&format!("office-{}", kind.word()))
    }

    /// The kind of a day's field: browsers show nothing of a typed day that is none, unless it
    /// stands in a field of text.
    fn day_field(&self, typed: &str) -> &'static str {
        let is_day = typed.is_empty() || typed.parse::<Date>().is_ok();
        if is_day { "date" } else { "text" }
    }

    fn is_own(&self, person: &Id) -> bool {
        self.own.as_ref() == Some(person)
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
    Ok(View {
        chrome,
        persons,
        kinds,
        form,
        refusal,
        today: visit.today(),
        own: visit.actor.person_id,
    })
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
    let to = if form.fin.trim().is_empty() { None } else { Some(read_day(&form.fin, "fin")?) };
    Ok(NewOffice {
        kind,
        title: form.titre.clone(),
        place: form.lieu.trim().to_owned(),
        from: read_day(&form.debut, "debut")?,
        to,
    })
}

fn read_day(typed: &str, field: &'static str) -> Result<Date, Stop<Refusal>> {
    let refused = || Stop::Refused((field, Message::new("form-bad-date").with("typed", typed)));
    read_date(typed).ok_or_else(refused)
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
    let person = NewPerson {
        name: form.nom.clone(),
        login: form.identifiant.clone(),
        password: form.mot_de_passe.clone(),
    };
    let person = match visit.app.prove(move |_| person.ready()).await {
        Ok(it) => it,
        Err(stop) => return answer(visit, form, Err(said(stop))).await,
    };
    let done = visit
        .app
        .write(&visit.actor, move |ctx| -> Result<(), Stop<Refusal>> {
            let office = read_office(&fields, place_name(ctx.tx, fields.lieu.trim(), today)?)?;
            let id = person.enrol(ctx).map_err(said)?;
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
    // The button sends no day: the office ends today. A day that is none is no reason to guess one.
    let day = match form.fin.trim() {
        "" => visit.today(),
        _ => match read_day(&form.fin, "fin") {
            Ok(day) => day,
            Err(stop) => return answer(visit, form, Err(stop)).await,
        },
    };
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
