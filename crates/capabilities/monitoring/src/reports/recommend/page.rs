//! The page of the recommendations of a committee: those made before with what became of them, and
//! the new ones, written down in session.

use askama::Template;
use axum::extract::Path;
use axum::response::{IntoResponse, Redirect, Response};
use kernel::{Date, Failure, Id, Quarter, Reject, Stop};
use serde::Deserialize;
use web::{Access, Chrome, Form, PageFailure, Routes, Visit};

use super::{Recommendation, Refused, State, follow, make, recommendations};
use crate::analysis::encoded;
use crate::entry;
use crate::questionnaire::french;
use crate::reports::{documents_href, written};
use crate::store::{self, may_read_unpublished};

/// The address of the recommendations of a place, at a quarter.
pub(crate) fn href(place: &str, quarter: Quarter) -> String {
    format!("/suivi/recommandations/{}/{quarter}", encoded(place))
}

pub(crate) fn routes() -> Routes {
    let address = "/suivi/recommandations/{place}/{quarter}";
    Routes::new().get(address, Access::SignedIn, show).post(address, Access::SignedIn, add).post(
        "/suivi/recommandations/{place}/{quarter}/{id}",
        Access::SignedIn,
        change,
    )
}

/// A recommendation as the page shows it.
struct Line {
    id: Id,
    quarter: String,
    text: String,
    owner: String,
    due: String,
    state: State,
    late: bool,
    steps: Vec<(String, State, String)>,
}

#[derive(Template)]
#[template(path = "reports/recommendations.html")]
struct View {
    chrome: Chrome,
    crumbs: Vec<(String, String)>,
    lede: String,
    lines: Vec<Line>,
    may_write: bool,
    action: String,
    form: Fields,
    refusal: Option<(&'static str, String)>,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
struct Fields {
    texte: String,
    responsable: String,
    echeance: String,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
struct Step {
    etat: String,
    note: String,
}

impl View {
    fn error(&self, field: &str) -> &str {
        self.refusal.as_ref().filter(|it| it.0 == field).map_or("", |it| it.1.as_str())
    }

    fn states(&self) -> [State; 4] {
        State::ALL
    }

    fn word(&self, state: &State) -> String {
        self.chrome.t(&format!("recommend-state-{}", state.word()))
    }

    fn icon(&self, line: &Line) -> &'static str {
        match line.state {
            _ if line.late => "late",
            State::Open => "todo",
            State::UnderWay => "current",
            State::Done => "done",
            State::Dropped => "stopped",
        }
    }
}

async fn view(
    visit: &Visit,
    place: &str,
    quarter: Quarter,
    refused: Option<(Fields, Refused)>,
) -> Result<View, PageFailure> {
    let (code, actor) = (place.to_owned(), visit.actor.clone());
    let (ground, all) = visit
        .app
        .read::<_, Failure>(move |tx| {
            let ground = store::ground(tx, &code, quarter.last_day())?.ok_or(Failure::NotFound)?;
            if !may_read_unpublished(&actor, &ground, &code) {
                return Err(Failure::Denied("unpublished".to_owned()));
            }
            let all = recommendations(tx, &code)?;
            Ok((ground, all))
        })
        .await?;
    let name = french(ground.name(place));
    let refusal =
        refused.as_ref().map(|(_, it)| (it.field(), visit.app.tell(visit.language, &it.message())));
    let title = visit.app.catalogue().say(visit.language, "recommend-title", &[("place", name)]);
    let chrome = entry::page::chrome(visit, title, &ground, quarter);
    let (today, language) = (visit.today(), visit.language);
    Ok(View {
        crumbs: vec![
            (documents_href(place, quarter), chrome.t("documents-title")),
            (String::new(), chrome.t("recommend-crumb")),
        ],
        lede: language.quarter(quarter),
        lines: all.iter().rev().map(|it| line(language, it, today)).collect(),
        may_write: visit.may(written::action(ground.level()), &ground.object(place)),
        action: href(place, quarter),
        form: refused.map(|it| it.0).unwrap_or_default(),
        refusal,
        chrome,
    })
}

fn line(language: kernel::Language, it: &Recommendation, today: Date) -> Line {
    let quarter: Option<Quarter> = it.made.quarter.parse().ok();
    Line {
        id: it.made.id,
        quarter: quarter.map(|it| language.short_quarter(it)).unwrap_or_default(),
        text: french(&it.made.text),
        owner: french(&it.made.owner),
        due: language.short_date(it.made.due),
        state: it.state(),
        late: it.is_late(today),
        steps: it
            .steps
            .iter()
            .map(|it| (language.short_date(it.day), it.state, french(&it.note)))
            .collect(),
    }
}

async fn show(
    visit: Visit,
    Path((place, quarter)): Path<(String, String)>,
) -> Result<Response, PageFailure> {
    let quarter = entry::page::quarter(&quarter, visit.today())?;
    let view = view(&visit, &place, quarter, None).await?;
    visit.page(&view)
}

async fn add(
    visit: Visit,
    Path((place, quarter)): Path<(String, String)>,
    Form(form): Form<Fields>,
) -> Result<Response, PageFailure> {
    let quarter = entry::page::quarter(&quarter, visit.today())?;
    let (code, typed) = (place.clone(), form.clone());
    let done = visit
        .app
        .write(&visit.actor, move |ctx| {
            let ground =
                store::ground(ctx.tx, &code, quarter.last_day())?.ok_or(Failure::NotFound)?;
            make(ctx, &ground, quarter, (&typed.texte, &typed.responsable, &typed.echeance))
        })
        .await;
    match done {
        Ok(_) => Ok(Redirect::to(&href(&place, quarter)).into_response()),
        Err(Stop::Refused(rule)) => {
            let view = view(&visit, &place, quarter, Some((form, rule))).await?;
            visit.correct(&view)
        }
        Err(Stop::Failed(failure)) => Err(failure.into()),
    }
}

async fn change(
    visit: Visit,
    Path((place, quarter, id)): Path<(String, String, String)>,
    Form(step): Form<Step>,
) -> Result<Response, PageFailure> {
    let quarter = entry::page::quarter(&quarter, visit.today())?;
    let id: Id = id.parse().map_err(|_| PageFailure::NotFound)?;
    let code = place.clone();
    let done = visit
        .app
        .write(&visit.actor, move |ctx| {
            let ground =
                store::ground(ctx.tx, &code, quarter.last_day())?.ok_or(Failure::NotFound)?;
            follow(ctx, &ground, id, (&step.etat, &step.note))
        })
        .await;
    match done {
        Ok(_) => Ok(Redirect::to(&href(&place, quarter)).into_response()),
        Err(Stop::Refused(rule)) => {
            let view = view(&visit, &place, quarter, Some((Fields::default(), rule))).await?;
            visit.correct(&view)
        }
        Err(Stop::Failed(failure)) => Err(failure.into()),
    }
}
