//! `/registre/nouveau`: a partnership that a person adds.

use askama::Template;
use axum::response::{IntoResponse, Redirect, Response};
use kernel::Stop;
use web::{Chrome, Form, PageFailure, Visit};

use super::edit::country_choices;
use super::{Choice, word};
use crate::{Refusals, Status, TypedPartnership, TypedStatus};

#[derive(Template)]
#[template(path = "register/new.html")]
struct View {
    chrome: Chrome,
    typed: TypedPartnership,
    countries: Vec<Choice>,
    levels: Vec<Choice>,
    forms: Vec<Choice>,
    statuses: Vec<Choice>,
    errors: Vec<(String, String)>,
}

impl View {
    fn error(&self, field: &str) -> String {
        let found = self.errors.iter().find(|it| it.0 == field);
        found.map(|it| it.1.clone()).unwrap_or_default()
    }
}

pub(super) async fn show(visit: Visit) -> Result<Response, PageFailure> {
    let blank = TypedPartnership {
        form: crate::Form::NonPrecise.to_string(),
        level: territory::ForeignLevel::Commune.to_string(),
        status: TypedStatus { status: Status::Inconnu.to_string(), ..TypedStatus::default() },
        ..TypedPartnership::default()
    };
    visit.page(&view(&visit, blank, &Refusals::default()))
}

pub(super) async fn submit(
    visit: Visit,
    Form(pairs): Form<Vec<(String, String)>>,
) -> Result<Response, PageFailure> {
    let value = |name: &str| {
        pairs.iter().rev().find(|it| it.0 == name).map(|it| it.1.clone()).unwrap_or_default()
    };
    let typed = TypedPartnership {
        place: value("lieu"),
        partner: value("partenaire"),
        country: value("pays"),
        level: value("niveau"),
        form: value("forme"),
        years: value("annees"),
        status: TypedStatus {
            status: value("statut"),
            from: value("depuis"),
            motive: value("motif"),
        },
        url: value("url"),
        phone: value("telephone"),
        remark: value("remarque"),
        reason: value("raison"),
    };
    let given = typed.clone();
    let work = move |ctx: &mut identity::Ctx<'_, '_>| crate::add(ctx, &given);
    match visit.app.write(&visit.actor, work).await {
        Ok(id) => Ok(Redirect::to(&format!("/registre/{id}")).into_response()),
        Err(Stop::Refused(it)) => visit.correct(&view(&visit, typed, &it)),
        Err(Stop::Failed(it)) => Err(it.into()),
    }
}

fn view(visit: &Visit, typed: TypedPartnership, refusals: &Refusals) -> View {
    let chrome = visit.chrome("register-new-title");
    let of = |list: &str, words: Vec<&'static str>, chosen: &str| -> Vec<Choice> {
        words
            .into_iter()
            .map(|it| Choice {
                value: it.to_owned(),
                label: word(&chrome, list, it),
                chosen: it == chosen,
            })
            .collect()
    };
    let levels = territory::ForeignLevel::ALL.iter().map(|it| it.word()).collect();
    View {
        countries: country_choices(&chrome, &typed.country),
        levels: of("foreign-level", levels, &typed.level),
        forms: of("form", crate::Form::ALL.iter().map(|it| it.word()).collect(), &typed.form),
        statuses: of(
            "status",
            Status::ALL.iter().map(|it| it.word()).collect(),
            &typed.status.status,
        ),
        errors: refusals.0.iter().map(|it| (it.0.clone(), chrome.tell(&it.1))).collect(),
        typed,
        chrome,
    }
}
