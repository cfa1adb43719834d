//! Which written place is which of ours: what a machine is not sure of, a person says.

use super::{address, found};
use crate::crosscheck::compare::span;
use crate::crosscheck::draft::{DRAFTS, Draft};
use crate::crosscheck::mapping::read_period;
use crate::crosscheck::take::written;
use crate::crosscheck::{Matched, Written, matches};
use crate::store::ground;
use askama::Template;
use axum::extract::Path;
use axum::response::{IntoResponse, Redirect, Response};
use kernel::{Failure, Message};
use std::collections::BTreeMap;
use web::{Chrome, Form, PageFailure, Visit};

/// A place that a person must say.
struct Question {
    at: usize,
    written: Written,
    candidates: Vec<(String, String, bool)>,
    /// What was typed instead of a choice.
    other: String,
    ignored: bool,
    missing: bool,
}

#[derive(Template)]
#[template(path = "crosscheck/places.html")]
struct Places {
    chrome: Chrome,
    id: String,
    source: String,
    questions: Vec<Question>,
    /// What needs no question: written, ours, above.
    sure: Vec<(String, String, String)>,
    known: usize,
    /// All our places of the level: code and name.
    all: Vec<(String, String)>,
    refusal: String,
}

impl Places {
    fn back(&self) -> String {
        address(&self.id, "colonnes")
    }

    fn count(&self) -> String {
        let (sure, asked) = (self.sure.len(), self.questions.len());
        self.chrome.t2("crosscheck-places-count", ("sure", sure), ("asked", asked))
    }
}

/// What a draft names, and what it may name.
#[derive(Default)]
pub(super) struct Found {
    pub(super) places: Vec<(Written, Matched)>,
    all: Vec<(String, String)>,
}

/// The places of a draft, with what a machine can say of each.
pub(super) async fn matched(visit: &Visit, draft: &Draft) -> Result<Found, PageFailure> {
    let Some(sheet) = draft.sheet() else { return Ok(Found::default()) };
    let written = written(sheet, &draft.mapping);
    let (place, level) = (draft.place.clone(), draft.mapping.level());
    let day = span(read_period(&draft.mapping.period).into_iter());
    let day = day.map_or_else(|| visit.today(), |it| it.1.last_day().min(visit.today()));
    visit
        .app
        .read::<_, Failure>(move |tx| {
            let ground = ground(tx, &place, day)?.ok_or(Failure::NotFound)?;
            let found = matches(&ground, level, &written);
            let units = ground.tree.units().iter().filter(|it| it.level == level);
            let all = units.map(|it| (it.code.clone(), ground.name(&it.code).to_owned()));
            Ok(Found { all: all.collect(), places: written.into_iter().zip(found).collect() })
        })
        .await
        .map_err(PageFailure::from)
}

async fn places_view(visit: &Visit, id: &str, refusal: String) -> Result<Places, PageFailure> {
    let draft = found(visit, id)?;
    let (mut questions, mut sure, mut known) = (Vec::new(), Vec::new(), 0);
    let Found { places, all } = matched(visit, &draft).await?;
    for (at, (written, found)) in places.into_iter().enumerate() {
        let before = draft.places.get(&written.key());
        match found {
            Matched::Sure(it) => sure.push((written.name, it.name, it.above)),
            Matched::Asked(candidates) => {
                known += usize::from(before.is_some());
                let among = |code: &String| candidates.iter().any(|it| it.code == *code);
                let other = before.filter(|it| !it.is_empty() && !among(it));
                let other = other.cloned().unwrap_or_default();
                let candidates = candidates
                    .into_iter()
                    .map(|it| {
                        let chosen = before == Some(&it.code);
                        let label = match it.above.is_empty() {
                            true => format!("{} · {}", it.name, it.code),
                            false => format!("{} ({}) · {}", it.name, it.above, it.code),
                        };
                        (it.code, label, chosen)
                    })
                    .collect();
                let ignored = before.is_some_and(String::is_empty);
                let missing = !refusal.is_empty() && before.is_none();
                questions.push(Question { at, written, candidates, other, ignored, missing });
            }
        }
    }
    Ok(Places {
        chrome: visit.chrome("crosscheck-places"),
        id: id.to_owned(),
        source: draft.name.clone(),
        questions,
        sure,
        known,
        all,
        refusal,
    })
}

pub(super) async fn places(visit: Visit, Path(id): Path<String>) -> Result<Response, PageFailure> {
    visit.page(&places_view(&visit, &id, String::new()).await?)
}

pub(super) async fn set_places(
    visit: Visit,
    Path(id): Path<String>,
    Form(pairs): Form<Vec<(String, String)>>,
) -> Result<Response, PageFailure> {
    let mut draft = Draft::clone(&*found(&visit, &id)?);
    let fields: BTreeMap<&str, &str> =
        pairs.iter().map(|it| (it.0.as_str(), it.1.trim())).collect();
    let mut unsaid = 0;
    let Found { places, all } = matched(&visit, &draft).await?;
    for (at, (written, found)) in places.into_iter().enumerate() {
        let Matched::Asked(candidates) = found else { continue };
        let other = fields.get(format!("autre-{at}").as_str()).copied().unwrap_or_default();
        let other = other.split(' ').next().unwrap_or_default();
        if let Some(it) = all.iter().find(|it| it.0.eq_ignore_ascii_case(other)) {
            draft.places.insert(written.key(), it.0.clone());
            continue;
        }
        let chosen = fields.get(format!("lieu-{at}").as_str()).copied().unwrap_or_default();
        match chosen {
            "aucun" => {
                draft.places.insert(written.key(), String::new());
            }
            code if candidates.iter().any(|it| it.code == code) => {
                draft.places.insert(written.key(), code.to_owned());
            }
            _ => {
                draft.places.remove(&written.key());
                unsaid += 1;
            }
        }
    }
    let id = DRAFTS.keep(&visit, draft);
    if unsaid == 0 {
        return Ok(Redirect::to(&address(&id, "accord")).into_response());
    }
    let message = Message::new("crosscheck-places-unsaid").with("count", unsaid);
    let refusal = visit.app.tell(visit.language, &message);
    visit.correct(&places_view(&visit, &id, refusal).await?)
}
