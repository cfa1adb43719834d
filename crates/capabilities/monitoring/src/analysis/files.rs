//! The figures as files: the addresses that other programs read.

use std::sync::Arc;

use axum::extract::Query;
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};
use db::Tx;
use identity::Actor;
use kernel::{Date, Failure, Language, Reject};
use serde::Serialize;
use web::{Access, PageFailure, Routes, Visit};

use crate::questionnaire::{self, Questionnaire};

use super::consolidated::{self, Stamp};
use super::lines::{Book, Line, csv, lines, workbook};
use super::{Asked, Computed, Refused, Say, Sight, query};

/// The parameters of the address, in order.
type Pairs = Query<Vec<(String, String)>>;

pub(crate) fn routes() -> Routes {
    Routes::new()
        .get("/suivi/indicateurs.csv", Access::Public, as_csv)
        .get("/suivi/indicateurs.json", Access::Public, as_json)
        .get("/suivi/indicateurs.xlsx", Access::Public, as_xlsx)
}

/// The lines that an address asks for.
pub(crate) struct Found {
    pub(crate) lines: Vec<Line>,
    pub(crate) computed: Vec<Arc<Computed>>,
    pub(crate) stamp: Stamp,
    pub(crate) questionnaire: Arc<Questionnaire>,
}

/// The lines of all the indicators of a place and of all that lies under it, as
/// `example_results.csv` writes them, as they stand at this post. For the commands of the operator.
///
/// # Errors
///
/// [`Failure::NotFound`] if there is no such place in the circuit, or if the store fails.
pub fn export(tx: &mut Tx<'_>, place: &str, quarter: kernel::Quarter) -> Result<Vec<u8>, Failure> {
    let computed = super::consolidate(tx, place, quarter)?;
    let all: Vec<usize> = (0..computed.questionnaire().indicators().len()).collect();
    let units: Vec<String> = computed.land.tree.units().iter().map(|it| it.code.clone()).collect();
    csv(&lines(&computed, &all, &units, None, false)).map_err(Failure::broken)
}

/// Finds the lines that an address asks for, as far as the actor may see them.
///
/// # Errors
///
/// If the store fails. `Ok(Err(_))` names the parameter that cannot be used.
pub(crate) fn find(
    tx: &mut Tx<'_>,
    actor: &Actor,
    today: Date,
    asked: &Asked,
) -> Result<Result<Found, Refused>, Failure> {
    let questionnaire = questionnaire::newest(tx)?;
    let all: Vec<usize> = (0..questionnaire.indicators().len()).collect();
    let indicators = if asked.indicators.is_empty() { &all } else { &asked.indicators };
    let mut places = asked.places.clone();
    if places.is_empty() {
        places.extend(consolidated::home(tx, actor, today)?);
    }
    let mut out = Found {
        lines: Vec::new(),
        computed: Vec::new(),
        stamp: consolidated::stamp(tx)?,
        questionnaire,
    };
    let mut country: Option<String> = None;
    for place in &places {
        let Some(root) = consolidated::root_of(tx, place)? else {
            return Ok(Err(Refused::Place(place.clone())));
        };
        if country.get_or_insert_with(|| root.clone()) != &root {
            return Ok(Err(Refused::TwoCountries));
        }
        let quarters = if asked.quarters.is_empty() {
            let seen = consolidated::quarters(tx, actor, &root, place, today)?;
            let Some(latest) = seen.last() else {
                return Ok(Err(Refused::Nothing(place.clone())));
            };
            vec![*latest]
        } else {
            asked.quarters.clone()
        };
        for quarter in quarters {
            let map = asked.map.day(today);
            let sight = match Sight::open(tx, actor, &root, place, (quarter, map))? {
                Ok(sight) => sight,
                Err(refused) => return Ok(Err(refused)),
            };
            let mut units = vec![place.clone()];
            if asked.with_children {
                let below = sight.computed.land.below(place);
                units.extend(below.into_iter().map(str::to_owned));
            }
            let withheld = sight.withheld();
            out.lines.extend(lines(
                &sight.computed,
                indicators,
                &units,
                withheld,
                sight.provisional,
            ));
            if !out.computed.iter().any(|it| it.quarter == quarter) {
                out.computed.push(Arc::clone(&sight.computed));
            }
        }
    }
    // By indicator, then unit, then quarter, whatever the order of the address; a unit asked for
    // by itself and with its parent stands once.
    out.lines.sort_by(|a, b| {
        (a.number, &a.unite_org, &a.periode).cmp(&(b.number, &b.unite_org, &b.periode))
    });
    out.lines.dedup_by(|a, b| {
        (a.number, &a.unite_org, &a.periode) == (b.number, &b.unite_org, &b.periode)
    });
    Ok(Ok(out))
}

async fn collect(visit: &Visit, pairs: Vec<(String, String)>) -> Result<Found, PageFailure> {
    let (actor, today) = (visit.actor.clone(), visit.today());
    visit
        .app
        .read::<_, PageFailure>(move |tx| {
            let refuse = |it: Refused| PageFailure::Refused(it.message());
            let asked = query::read(&*questionnaire::newest(tx)?, &pairs).map_err(refuse)?;
            find(tx, &actor, today, &asked)?.map_err(refuse)
        })
        .await
}

async fn as_csv(visit: Visit, Query(pairs): Pairs) -> Result<Response, PageFailure> {
    let found = collect(&visit, pairs).await?;
    let bytes = csv(&found.lines).map_err(|it| PageFailure::from(Failure::broken(it)))?;
    Ok(([(CONTENT_TYPE, "text/csv; charset=utf-8")], bytes).into_response())
}

#[derive(Serialize)]
struct Answer<'a> {
    donnees_du: Option<Date>,
    inventees: bool,
    resultats: &'a [Line],
}

async fn as_json(visit: Visit, Query(pairs): Pairs) -> Result<Response, PageFailure> {
    let found = collect(&visit, pairs).await?;
    let answer = Answer {
        donnees_du: found.stamp.day(),
        inventees: found.computed.iter().any(|it| it.land.invented),
        resultats: &found.lines,
    };
    let bytes = serde_json::to_vec(&answer).map_err(|it| PageFailure::from(Failure::broken(it)))?;
    Ok(([(CONTENT_TYPE, "application/json; charset=utf-8")], bytes).into_response())
}

async fn as_xlsx(visit: Visit, Query(pairs): Pairs) -> Result<Response, PageFailure> {
    let found = collect(&visit, pairs).await?;
    let (app, language) = (visit.app.clone(), visit.language);
    let today = visit.today();
    let bytes = visit
        .app
        .work(move || {
            let say = Say { catalogue: app.catalogue(), language };
            let book = Book {
                say,
                questionnaire: &found.questionnaire,
                computed: &found.computed,
                lines: &found.lines,
                made_on: found.stamp.day().unwrap_or(today),
                sources: sources(&say, &found),
            };
            documents::xlsx::write(&workbook(&book)).map_err(Failure::broken)
        })
        .await?;
    let kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    let name = match visit.language {
        Language::French => "indicateurs.xlsx",
        Language::English => "indicators.xlsx",
    };
    Ok(visit.file(name, kind, bytes))
}

fn sources(say: &Say<'_>, found: &Found) -> Vec<String> {
    let mut out = vec![say.t("analysis-source-questionnaire")];
    if found.computed.iter().any(|it| it.land.invented) {
        out.push(say.t("analysis-source-invented"));
    }
    if found.lines.iter().any(|it| it.provisoire) {
        out.push(say.t("analysis-source-provisional"));
    }
    out.push(found.stamp.told(say));
    out
}
