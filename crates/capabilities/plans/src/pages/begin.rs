//! A plan begins, is adopted, is revised.

use askama::Template;
use axum::extract::Path;
use axum::response::{IntoResponse, Redirect, Response};
use kernel::{Failure, Stop};
use territory::Level;
use web::{Chrome, Form, PageFailure, Visit};

use super::whole::{Whole, editable};
use super::{Pairs, error, id, told, value};
use crate::read::object_of;
use crate::{Refusals, TypedAdoption, TypedPlan};

#[derive(Template)]
#[template(path = "plans/begin.html")]
struct View {
    chrome: Chrome,
    action: String,
    back: (String, String),
    lede: String,
    typed: TypedPlan,
    /// Asked for a revision only.
    reason: Option<String>,
    errors: Pairs,
}

impl View {
    fn error(&self, field: &str) -> String {
        error(&self.errors, field)
    }
}

#[derive(Template)]
#[template(path = "plans/adopt.html")]
struct AdoptView {
    chrome: Chrome,
    href: String,
    plan_title: String,
    typed: TypedAdoption,
    errors: Pairs,
}

impl AdoptView {
    fn error(&self, field: &str) -> String {
        error(&self.errors, field)
    }
}

fn typed(pairs: &Pairs) -> TypedPlan {
    TypedPlan { title: value(pairs, "titre"), first: value(pairs, "de"), last: value(pairs, "a") }
}

async fn new_view(
    visit: &Visit,
    code: &str,
    typed: Option<TypedPlan>,
    refusals: &Refusals,
) -> Result<View, PageFailure> {
    let (actor, today, code) = (visit.actor.clone(), visit.today(), code.to_owned());
    let place = visit
        .app
        .read(move |tx| {
            let place = territory::place_near(tx, &code, today)?.ok_or(Failure::NotFound)?;
            // Only communes have a plan: elsewhere the form could but fail.
            if place.level != Level::Commune {
                return Err(Failure::NotFound);
            }
            let object = object_of(tx, &code, today)?;
            if !identity::allow(&actor, identity::Action::EditPlans, &object) {
                return Err(Failure::Denied("EditPlans".to_owned()));
            }
            Ok::<_, Failure>(place)
        })
        .await?;
    let chrome = visit.chrome("plans-new-title");
    let chrome = chrome.with_invented(place.invented).with_place(place.name.clone());
    let year = i64::from(visit.today().year());
    let typed = typed.unwrap_or_else(|| TypedPlan {
        title: format!("PDSEC {year}-{}", year + 4),
        first: year.to_string(),
        last: (year + 4).to_string(),
    });
    Ok(View {
        action: format!("/plans/communes/{}/nouveau", place.code),
        back: (format!("/plans/communes/{}", place.code), place.name),
        lede: chrome.t("plans-new-lede"),
        typed,
        reason: None,
        errors: told(&chrome, refusals),
        chrome,
    })
}

pub(super) async fn show(visit: Visit, Path(code): Path<String>) -> Result<Response, PageFailure> {
    visit.page(&new_view(&visit, &code, None, &Refusals::default()).await?)
}

pub(super) async fn submit(
    visit: Visit,
    Path(code): Path<String>,
    Form(pairs): Form<Pairs>,
) -> Result<Response, PageFailure> {
    let (wanted, commune) = (typed(&pairs), code.clone());
    let work = move |ctx: &mut identity::Ctx<'_, '_>| crate::begin(ctx, &commune, &wanted);
    match visit.app.write(&visit.actor, work).await {
        Ok(id) => Ok(Redirect::to(&format!("/plans/{id}")).into_response()),
        Err(Stop::Refused(it)) => {
            visit.correct(&new_view(&visit, &code, Some(typed(&pairs)), &it).await?)
        }
        Err(Stop::Failed(it)) => Err(it.into()),
    }
}

fn revision_view(
    visit: &Visit,
    whole: &Whole,
    typed: TypedPlan,
    reason: String,
    refusals: &Refusals,
) -> View {
    let title = visit.chrome("plans-revise-title").title;
    let chrome = whole.chrome(visit, &title);
    View {
        action: format!("{}/revision", whole.href()),
        back: (whole.href(), whole.plan().title.clone()),
        lede: chrome.t("plans-revise-lede"),
        typed,
        reason: Some(reason),
        errors: told(&chrome, refusals),
        chrome,
    }
}

pub(super) async fn show_revision(
    visit: Visit,
    Path(path): Path<String>,
) -> Result<Response, PageFailure> {
    let whole = editable(&visit, id(&path)?).await?;
    let plan = whole.plan();
    let typed = TypedPlan {
        title: plan.title.clone(),
        first: plan.first.to_string(),
        last: plan.last.to_string(),
    };
    visit.page(&revision_view(&visit, &whole, typed, String::new(), &Refusals::default()))
}

pub(super) async fn revise(
    visit: Visit,
    Path(path): Path<String>,
    Form(pairs): Form<Pairs>,
) -> Result<Response, PageFailure> {
    let id = id(&path)?;
    let whole = editable(&visit, id).await?;
    let (wanted, why) = (typed(&pairs), value(&pairs, "raison"));
    let reason = why.clone();
    let work = move |ctx: &mut identity::Ctx<'_, '_>| crate::revise(ctx, id, &wanted, &why);
    match visit.app.write(&visit.actor, work).await {
        Ok(new) => Ok(Redirect::to(&format!("/plans/{new}")).into_response()),
        Err(Stop::Refused(it)) => {
            visit.correct(&revision_view(&visit, &whole, typed(&pairs), reason, &it))
        }
        Err(Stop::Failed(it)) => Err(it.into()),
    }
}

fn adopt_view(
    visit: &Visit,
    whole: &Whole,
    typed: TypedAdoption,
    refusals: &Refusals,
) -> AdoptView {
    let title = visit.chrome("plans-adopt-title").title;
    let chrome = whole.chrome(visit, &title);
    AdoptView {
        href: whole.href(),
        plan_title: whole.plan().title.clone(),
        typed,
        errors: told(&chrome, refusals),
        chrome,
    }
}

pub(super) async fn show_adoption(
    visit: Visit,
    Path(path): Path<String>,
) -> Result<Response, PageFailure> {
    let whole = editable(&visit, id(&path)?).await?;
    let typed = match &whole.plan().adoption {
        Some(it) => TypedAdoption {
            day: visit.language.short_date(it.day),
            number: it.number.clone(),
            document: it.document.clone(),
            hash: it.hash.clone(),
        },
        None => TypedAdoption::default(),
    };
    visit.page(&adopt_view(&visit, &whole, typed, &Refusals::default()))
}

pub(super) async fn adopt(
    visit: Visit,
    Path(path): Path<String>,
    Form(pairs): Form<Pairs>,
) -> Result<Response, PageFailure> {
    let id = id(&path)?;
    let whole = editable(&visit, id).await?;
    let typed = TypedAdoption {
        day: value(&pairs, "date"),
        number: value(&pairs, "numero"),
        document: value(&pairs, "document"),
        hash: value(&pairs, "empreinte"),
    };
    let wanted = typed.clone();
    let work = move |ctx: &mut identity::Ctx<'_, '_>| crate::adopt(ctx, id, &wanted);
    match visit.app.write(&visit.actor, work).await {
        Ok(()) => Ok(Redirect::to(&whole.href()).into_response()),
        Err(Stop::Refused(it)) => visit.correct(&adopt_view(&visit, &whole, typed, &it)),
        Err(Stop::Failed(it)) => Err(it.into()),
    }
}
