//! The door for programs: `/api/analyses`.

mod read;
mod write;

use super::kept::{found_after, unmoved};
use super::{Figures, Refused as Unanswered, figures};
use axum::extract::Query;
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};
use kernel::{Reject, Stop};
use read::{Asked, Form};
use std::sync::Arc;
use web::{Access, PageFailure, Routes, Visit};

/// The parameters of an address, in order.
type Pairs = Query<Vec<(String, String)>>;

const JSON: &str = "application/json; charset=utf-8";
const CSV: &str = "text/csv; charset=utf-8";

/// The addresses.
pub(crate) fn routes() -> Routes {
    Routes::new()
        .get("/api/analyses", Access::Public, values_json)
        .get("/api/analyses.csv", Access::Public, values_csv)
        .get("/api/analyses/premiers", Access::Public, top)
        .get("/api/analyses/completude", Access::Public, filled)
        .get("/api/analyses/comparaisons", Access::Public, compared)
        .get("/api/analyses/groupes", Access::Public, grouped)
}

/// Reads the address, answers from the figures of now, and writes: all in one place. Where nothing
/// was committed since the last question, a light one is answered at once; all others away from the
/// threads that serve connections.
async fn answered(
    visit: Visit,
    pairs: Vec<(String, String)>,
    kind: &'static str,
    work: impl FnOnce(&Figures, &Asked, &Visit) -> Result<Vec<u8>, PageFailure> + Send + 'static,
) -> Result<Response, PageFailure> {
    let app = visit.app.clone();
    let response = |bytes: Vec<u8>| ([(CONTENT_TYPE, kind)], bytes).into_response();
    if let Some(figures) = unmoved(app.journal().db()) {
        let asked = Asked::read(&figures, &pairs, visit.today())?;
        let bytes = if asked.is_light(&figures) {
            work(&figures, &asked, &visit)?
        } else {
            app.work_on(move || work(&figures, &asked, &visit)).await?
        };
        return Ok(response(bytes));
    }
    let before = app.journal().db().generation();
    let bytes = app
        .read::<_, PageFailure>(move |tx| {
            let figures: Arc<Figures> = figures(tx)?;
            found_after(before, &figures);
            let asked = Asked::read(&figures, &pairs, visit.today())?;
            work(&figures, &asked, &visit)
        })
        .await?;
    Ok(response(bytes))
}

fn stopped(stop: Stop<Unanswered>) -> PageFailure {
    match stop {
        Stop::Refused(it) => PageFailure::Refused(it.message()),
        Stop::Failed(it) => it.into(),
    }
}

impl From<read::Refused> for PageFailure {
    fn from(refused: read::Refused) -> Self {
        Self::Refused(refused.message())
    }
}

async fn values_json(visit: Visit, Query(pairs): Pairs) -> Result<Response, PageFailure> {
    answered(visit, pairs, JSON, |figures, asked, visit| {
        let ask = asked.ask(figures)?;
        let answer = figures.answer(&visit.actor, &ask).map_err(stopped)?;
        Ok(match asked.form() {
            Form::Lines => write::json(figures, &ask, &answer),
            Form::Grid => write::grid(figures, &ask, &answer),
        })
    })
    .await
}

async fn values_csv(visit: Visit, Query(pairs): Pairs) -> Result<Response, PageFailure> {
    answered(visit, pairs, CSV, |figures, asked, visit| {
        let ask = asked.ask(figures)?;
        let answer = figures.answer(&visit.actor, &ask).map_err(stopped)?;
        Ok(write::csv(figures, &ask, &answer))
    })
    .await
}

async fn top(visit: Visit, Query(pairs): Pairs) -> Result<Response, PageFailure> {
    answered(visit, pairs, JSON, |figures, asked, visit| {
        let rank = asked.rank()?;
        let found = figures.top(&visit.actor, &rank).map_err(stopped)?;
        Ok(write::top(figures, &rank, &found))
    })
    .await
}

async fn filled(visit: Visit, Query(pairs): Pairs) -> Result<Response, PageFailure> {
    answered(visit, pairs, JSON, |figures, asked, visit| {
        let ask = asked.about_places(figures)?;
        let found =
            figures.filled(&visit.actor, &ask.places, &ask.periods, ask.map).map_err(stopped)?;
        Ok(write::filled(&ask, &found))
    })
    .await
}

async fn compared(visit: Visit, Query(pairs): Pairs) -> Result<Response, PageFailure> {
    answered(visit, pairs, JSON, |figures, asked, visit| {
        let (place, periods) = asked.one_place(figures)?;
        let rules = asked.comparisons(figures)?;
        let comparisons: Vec<_> = rules.iter().map(|it| it.1).collect();
        let found =
            figures.compare(&visit.actor, &comparisons, &place, &periods).map_err(stopped)?;
        Ok(write::compared(&rules, &found))
    })
    .await
}

async fn grouped(visit: Visit, Query(pairs): Pairs) -> Result<Response, PageFailure> {
    answered(visit, pairs, JSON, |figures, asked, visit| {
        let (place, periods) = asked.one_place(figures)?;
        let grouping = asked.grouping()?;
        let found = figures.groups(&visit.actor, &place, &periods, grouping).map_err(stopped)?;
        Ok(write::grouped(&periods, &found, visit.language))
    })
    .await
}
