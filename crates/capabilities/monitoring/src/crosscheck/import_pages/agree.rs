//! What would be taken in, looked at before it is.

use super::places::matched;
use super::{address, found};
use crate::crosscheck::draft::{DRAFTS, Draft};
use crate::crosscheck::{Loading, Matched, Taken, load, take};
use crate::questionnaire::newest;
use askama::Template;
use axum::extract::Path;
use axum::response::{IntoResponse, Redirect, Response};
use kernel::{Failure, Reject, Stop};
use serde::Deserialize;
use web::{Chrome, Form, PageFailure, Visit};

#[derive(Template)]
#[template(path = "crosscheck/agree.html")]
struct Agree {
    chrome: Chrome,
    id: String,
    source: String,
    values: String,
    places: String,
    absent: String,
    left_out: String,
    faulty: usize,
    faults: Vec<[String; 3]>,
    totals: String,
    first: Vec<[String; 4]>,
    refusal: String,
}

impl Agree {
    fn back(&self) -> String {
        address(&self.id, "colonnes")
    }
}

/// Everything of a draft: what it gives, with the places that are sure or were said.
async fn taken(visit: &Visit, draft: &Draft) -> Result<Taken, PageFailure> {
    let mut places = draft.places.clone();
    for (written, found) in matched(visit, draft).await?.places {
        if let Matched::Sure(it) = found {
            places.insert(written.key(), it.code);
        }
    }
    let questionnaire = visit.app.read::<_, Failure>(newest).await.map_err(PageFailure::from)?;
    let draft = draft.clone();
    let work = move || {
        let sheet = draft.sheet();
        Ok(sheet.map(|it| take(&questionnaire, it, &draft.mapping, &places)).unwrap_or_default())
    };
    Ok(visit.app.work(work).await?)
}

async fn agree_view(visit: &Visit, id: &str, refusal: String) -> Result<Agree, PageFailure> {
    let draft = found(visit, id)?;
    let taken = taken(visit, &draft).await?;
    let language = visit.language;
    let count = |it: usize| language.integer(i64::try_from(it).unwrap_or(i64::MAX));
    let questionnaire = visit.app.read::<_, Failure>(newest).await.map_err(PageFailure::from)?;
    let mut units: Vec<&str> = taken.values.iter().map(|it| it.unit.as_str()).collect();
    units.sort_unstable();
    units.dedup();
    let first = taken
        .values
        .iter()
        .take(8)
        .map(|it| {
            let period = it.period.parse().map(|it| language.period(it)).unwrap_or_default();
            let what = crate::crosscheck::mapping::named(&questionnaire, &it.target, language);
            [
                it.line.to_string(),
                it.unit.clone(),
                format!("{what}, {period}"),
                language.written(&it.value),
            ]
        })
        .collect();
    let lines: Vec<String> = taken.totals.iter().take(12).map(ToString::to_string).collect();
    Ok(Agree {
        chrome: visit.chrome("crosscheck-agree"),
        id: id.to_owned(),
        source: draft.name.clone(),
        values: count(taken.values.len()),
        places: count(units.len()),
        absent: count(taken.absent),
        left_out: count(taken.left_out),
        faulty: taken.faulty,
        faults: taken
            .faults
            .iter()
            .map(|it| {
                let said = visit.app.tell(language, &it.message);
                [it.line.to_string(), it.column.clone(), said]
            })
            .collect(),
        totals: lines.join(", "),
        first,
        refusal,
    })
}

pub(super) async fn agree(visit: Visit, Path(id): Path<String>) -> Result<Response, PageFailure> {
    visit.page(&agree_view(&visit, &id, String::new()).await?)
}

#[derive(Deserialize)]
pub(super) struct Nothing {}

pub(super) async fn accept(
    visit: Visit,
    Path(id): Path<String>,
    Form(Nothing {}): Form<Nothing>,
) -> Result<Response, PageFailure> {
    let draft = found(&visit, &id)?;
    let taken = taken(&visit, &draft).await?;
    let done = visit
        .app
        .write(&visit.actor, move |ctx| {
            let loading = Loading {
                name: &draft.name,
                place: &draft.place,
                file: &draft.file,
                hash: &draft.hash,
                mapping: &draft.mapping,
                places: &draft.places,
            };
            load(ctx, &loading, taken)
        })
        .await;
    match done {
        Ok(source) => {
            DRAFTS.forget(&id);
            Ok(Redirect::to(&format!("/suivi/recoupement/{source}")).into_response())
        }
        Err(Stop::Refused(rule)) => {
            let said = visit.app.tell(visit.language, &rule.message());
            visit.correct(&agree_view(&visit, &id, said).await?)
        }
        Err(Stop::Failed(failure)) => Err(failure.into()),
    }
}
