//! Asking for a closed quarter to be opened again, and answering: parts of the page of the circuit.

use super::pages::{self, Asked};
use super::reopening::{
    Fate, Reopening, answer_reopening, ask_reopening, awaited, reopenings_under,
};
use super::words;
use crate::entry::page;
use crate::store::{Ground, Stage};
use axum::extract::Path;
use axum::response::{IntoResponse, Redirect, Response};
use db::Tx;
use identity::Action;
use kernel::{Failure, Quarter, Reject, Stop};
use serde::Deserialize;
use web::{Access, Form, PageFailure, Routes, Visit};

pub(super) fn routes() -> Routes {
    let close = Access::Needs(Action::CloseQuarter);
    Routes::new().post("/suivi/circuit/{place}/{quarter}/reouverture", close, ask).post(
        "/suivi/circuit/{place}/{quarter}/reouverture/{mark}",
        Access::SignedIn,
        answer,
    )
}

/// A request as the page shows it.
pub(super) struct Line {
    pub(super) mark: String,
    pub(super) place: String,
    pub(super) fate: Fate,
    pub(super) reason: String,
    pub(super) who: String,
    pub(super) day: String,
    /// The answers: place and office, the word, the reason, the day.
    pub(super) answers: Vec<(String, String, String, String)>,
    /// Who has still to answer.
    pub(super) awaited: String,
    pub(super) may_answer: bool,
    pub(super) typed: String,
    pub(super) error: String,
}

impl Line {
    /// The name of its icon.
    pub(super) fn kind(&self) -> &'static str {
        match self.fate {
            Fate::Waiting => "late",
            Fate::Accepted => "done",
            Fate::Refused => "stopped",
        }
    }

    /// The key of its words.
    pub(super) fn key(&self) -> String {
        format!("reopening-{}", self.fate.word())
    }
}

/// The requests of a ground for a quarter, with the names of those who wrote them.
pub(super) fn read(
    tx: &mut Tx<'_>,
    ground: &Ground,
    quarter: Quarter,
) -> Result<Vec<(Reopening, Vec<String>)>, Failure> {
    let mut found = Vec::new();
    for it in reopenings_under(tx, ground, quarter)? {
        let mut names = vec![words::person(tx, &it.person)?];
        for answer in &it.answers {
            names.push(words::person(tx, &answer.person)?);
        }
        found.push((it, names));
    }
    Ok(found)
}

/// The requests as the page shows them, the latest first.
pub(super) fn lines(
    visit: &Visit,
    ground: &Ground,
    found: Vec<(Reopening, Vec<String>)>,
) -> Vec<Line> {
    let day = |it| visit.language.short_date(it);
    let say = |key: &str| visit.app.catalogue().say(visit.language, key, &[]);
    let line = |(it, names): (Reopening, Vec<String>)| {
        let next = awaited(ground, &it);
        let mut names = names.into_iter();
        let mut who = |office: &str| words::who(&names.next().unwrap_or_default(), office);
        Line {
            who: who(&it.office),
            answers: it
                .answers
                .iter()
                .map(|answer| {
                    let word = if answer.accepted { "reopening-yes" } else { "reopening-no" };
                    let by = format!("{} ({})", ground.name(&answer.place), who(&answer.office));
                    (by, say(word), answer.reason.clone(), day(answer.day))
                })
                .collect(),
            may_answer: next.is_some_and(|(place, stage)| {
                let action = match stage {
                    Stage::Published => Action::PublishQuarter,
                    Stage::Validated | Stage::Closed => Action::ValidateQuarter,
                };
                visit.may(action, &ground.object(place))
            }),
            awaited: next.map(|it| ground.name(it.0).to_owned()).unwrap_or_default(),
            fate: it.fate(),
            place: ground.name(&it.place).to_owned(),
            day: day(it.day),
            mark: it.mark,
            reason: it.reason,
            typed: String::new(),
            error: String::new(),
        }
    };
    found.into_iter().rev().map(line).collect()
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
struct Fields {
    demande: String,
    motif: String,
    reponse: String,
}

async fn ask(
    visit: Visit,
    Path((place, quarter)): Path<(String, String)>,
    Form(fields): Form<Fields>,
) -> Result<Response, PageFailure> {
    let quarter = page::quarter(&quarter, visit.today())?;
    let (code, typed) = (place.clone(), fields.clone());
    let done = visit
        .app
        .write(&visit.actor, move |ctx| ask_reopening(ctx, &code, quarter, &typed.demande))
        .await;
    match done {
        Ok(_) => Ok(back(&place, quarter)),
        Err(Stop::Refused(rule)) => {
            let mut view = pages::view(&visit, &place, quarter, &Asked::default()).await?;
            let said = visit.app.tell(visit.language, &rule.message());
            view.refusal = Some(("demande", said));
            view.asking = fields.demande;
            visit.correct(&view)
        }
        Err(Stop::Failed(failure)) => Err(failure.into()),
    }
}

fn back(place: &str, quarter: Quarter) -> Response {
    let place = crate::analysis::encoded(place);
    Redirect::to(&format!("/suivi/circuit/{place}/{quarter}#f-reouvertures")).into_response()
}

async fn answer(
    visit: Visit,
    Path((place, quarter, mark)): Path<(String, String, String)>,
    Form(fields): Form<Fields>,
) -> Result<Response, PageFailure> {
    let quarter = page::quarter(&quarter, visit.today())?;
    let (code, typed) = (mark.clone(), fields.clone());
    let done = visit
        .app
        .write(&visit.actor, move |ctx| {
            answer_reopening(ctx, &code, typed.reponse == "accepter", &typed.motif)
        })
        .await;
    match done {
        Ok(_) => Ok(back(&place, quarter)),
        Err(Stop::Refused(rule)) => {
            let mut view = pages::view(&visit, &place, quarter, &Asked::default()).await?;
            let said = visit.app.tell(visit.language, &rule.message());
            match view.reopenings.iter_mut().find(|it| it.mark == mark && it.may_answer) {
                Some(line) => {
                    line.typed = fields.motif;
                    line.error = said.clone();
                }
                None => return Err(PageFailure::Refused(rule.message())),
            }
            view.refusal = Some(("reouvertures", said));
            visit.correct(&view)
        }
        Err(Stop::Failed(failure)) => Err(failure.into()),
    }
}
