//! `/territoire/{code}/population`: a figure more, with its year and its source.

use askama::Template;
use axum::extract::Path;
use axum::response::{IntoResponse, Redirect, Response};
use identity::Action;
use kernel::{Failure, Reject, Stop};
use serde::Deserialize;
use web::{Access, Chrome, Form, PageFailure, Routes, Visit};

use super::reform::may_change;
use crate::people::{PopulationRefused, state_population, whole};
use crate::{Place, Population};

const ACCESS: Access = Access::Needs(Action::EditTerritory);

pub(super) fn routes() -> Routes {
    Routes::new().get("/territoire/{code}/population", ACCESS, show).post(
        "/territoire/{code}/population",
        ACCESS,
        submit,
    )
}

#[derive(Clone, Default, Deserialize)]
#[serde(default)]
struct Fields {
    annee: String,
    source: String,
    personnes: String,
    menages: String,
    corrige: String,
}

#[derive(Template)]
#[template(path = "territory/people.html")]
struct View {
    chrome: Chrome,
    code: String,
    name: String,
    fields: Fields,
    refusal: Option<(&'static str, String)>,
}

impl View {
    fn error(&self, field: &str) -> String {
        self.refusal.iter().filter(|it| it.0 == field).map(|it| it.1.clone()).collect()
    }
}

async fn view(
    visit: &Visit,
    code: &str,
    fields: Fields,
    refusal: Option<PopulationRefused>,
) -> Result<View, PageFailure> {
    let (wanted, today) = (code.to_owned(), visit.today());
    let found = visit
        .app
        .read(move |tx| {
            let Some(unit) = crate::unit(tx, &wanted)? else { return Ok(None) };
            let place = crate::place_near(tx, &wanted, today)?;
            Ok::<Option<(String, Place)>, Failure>(place.map(|it| (unit.country, it)))
        })
        .await?;
    let (country, place) = found.ok_or(PageFailure::NotFound)?;
    if !may_change(visit, &country) {
        return Err(PageFailure::Denied);
    }
    let chrome = visit.chrome("people-title").with_invented(place.invented);
    let refusal = refusal.map(|it| (it.field(), chrome.tell(&it.message())));
    Ok(View { chrome, code: place.code, name: place.name, fields, refusal })
}

async fn show(visit: Visit, Path(code): Path<String>) -> Result<Response, PageFailure> {
    visit.page(&view(&visit, &code, Fields::default(), None).await?)
}

fn read(code: &str, fields: &Fields) -> Result<Population, PopulationRefused> {
    let households = match fields.menages.trim() {
        "" => None,
        text => Some(whole(text).ok_or(PopulationRefused::Households)?),
    };
    Ok(Population {
        code: code.to_owned(),
        year: fields.annee.trim().parse().map_err(|_| PopulationRefused::Year)?,
        source: fields.source.trim().to_owned(),
        persons: whole(&fields.personnes).ok_or(PopulationRefused::Persons)?,
        households,
        corrected: match fields.corrige.trim() {
            "" => None,
            text => Some(kernel::format::read_date(text).ok_or(PopulationRefused::Corrected)?),
        },
    })
}

async fn submit(
    visit: Visit,
    Path(code): Path<String>,
    Form(fields): Form<Fields>,
) -> Result<Response, PageFailure> {
    let done = match read(&code, &fields) {
        Ok(population) => {
            visit.app.write(&visit.actor, move |ctx| state_population(ctx, &population)).await
        }
        Err(refused) => Err(Stop::Refused(refused)),
    };
    match done {
        Ok(()) => Ok(Redirect::to(&format!("/territoire/{code}#populations")).into_response()),
        Err(Stop::Refused(it)) => visit.correct(&view(&visit, &code, fields, Some(it)).await?),
        Err(Stop::Failed(failure)) => Err(failure.into()),
    }
}
