//! `/observations/{id}`: one observation for everybody, its photograph, and the commune's answer.

use askama::Template;
use axum::extract::Path;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::response::{IntoResponse, Redirect, Response};
use identity::Action;
use kernel::{Failure, Stop};
use web::{Chrome, Form, PageFailure, Visit};

use super::card::Card;
use super::{name_of, value};
use crate::find::{may_moderate, object};
use crate::observation::{Act, Observation};
use crate::{LONGEST_ANSWER, State};

#[derive(Template)]
#[template(path = "observations/show.html")]
struct View {
    chrome: Chrome,
    id: String,
    commune: String,
    commune_href: String,
    /// Nothing if it was withdrawn.
    card: Option<Card>,
    withdrawn: String,
    steps: Vec<Step>,
    may_answer: bool,
    may_moderate: bool,
    typed: String,
    contests: bool,
    error: String,
    letters: usize,
}

struct Step {
    iso: String,
    day: String,
    what: String,
    icon: &'static str,
    who: String,
    why: String,
}

struct Facts {
    it: Observation,
    commune: String,
    may_answer: bool,
    may_moderate: bool,
}

async fn facts(visit: &Visit, id: String) -> Result<Facts, PageFailure> {
    let (actor, today) = (visit.actor.clone(), visit.today());
    let found = visit.app.read(move |tx| {
        let Some(it) = crate::observation(tx, &id)? else { return Ok(None) };
        if !it.state().is_public() && it.state() != State::Retiree {
            return Ok(None);
        }
        let object = object(tx, &it.commune, today)?;
        Ok::<_, Failure>(Some(Facts {
            commune: name_of(tx, &it.commune, today)?,
            may_answer: identity::allow(&actor, Action::AnswerObservations, &object),
            may_moderate: may_moderate(tx, &actor, &it.commune, today)?,
            it,
        }))
    });
    found.await?.ok_or(PageFailure::NotFound)
}

fn steps(chrome: &Chrome, it: &Observation) -> Vec<Step> {
    let language = chrome.language();
    let told = |key: &str, icon: &'static str| Some((key.to_owned(), icon));
    it.acts
        .iter()
        .filter_map(|said| {
            let (key, icon) = match &said.act {
                Act::Published(_) => told("observations-step-published", "late"),
                Act::Answered(it) if it.contests => told("observations-step-contested", "conflict"),
                Act::Answered(_) => told("observations-step-answered", "current"),
                Act::Settled(it) if it.by_sender => {
                    told("observations-step-settled-sender", "done")
                }
                Act::Settled(_) => told("observations-step-settled", "done"),
                Act::Reopened(_) => told("observations-step-reopened", "late"),
                Act::Withdrawn(_) => told("observations-step-withdrawn", "stopped"),
                // What was said between the sender and the person in charge stays there.
                Act::Sent(_) | Act::Asked(_) | Act::Completed(_) | Act::Refused(_) => None,
            }?;
            Some(Step {
                iso: said.act.day().to_string(),
                day: language.long_date(said.act.day()),
                what: chrome.t(&key),
                icon,
                who: said.office.clone(),
                why: said.reason.clone(),
            })
        })
        .collect()
}

fn view(visit: &Visit, facts: Facts, (typed, contests): (String, bool), error: String) -> View {
    let Facts { it, commune, may_answer, may_moderate } = facts;
    let invented = it.public().is_some_and(|it| it.invented);
    let words = visit.chrome_titled("");
    let card = Card::of(&words, &it, commune.clone());
    let title = match &card {
        Some(card) => format!("{} – {commune}", card.subject),
        None => words.t1("observations-withdrawn-title", "name", &commune),
    };
    let chrome = visit.chrome_titled(title).with_invented(invented);
    let withdrawn = it.acts.iter().rev().find_map(|said| match &said.act {
        Act::Withdrawn(it) => Some(chrome.t(&format!("observations-ground-{}", it.ground.word()))),
        _ => None,
    });
    View {
        steps: steps(&chrome, &it),
        commune_href: format!("/observations/commune/{}", it.commune),
        id: it.id,
        commune,
        withdrawn: withdrawn.filter(|_| card.is_none()).unwrap_or_default(),
        may_answer: may_answer && card.is_some(),
        card,
        may_moderate,
        typed,
        contests,
        error,
        letters: LONGEST_ANSWER,
        chrome,
    }
}

pub(super) async fn show(visit: Visit, Path(id): Path<String>) -> Result<Response, PageFailure> {
    let facts = facts(&visit, id).await?;
    let typed = match facts.it.answers().last() {
        Some((_, answer)) if facts.may_answer => (answer.text.clone(), answer.contests),
        _ => (String::new(), false),
    };
    visit.page(&view(&visit, facts, typed, String::new()))
}

pub(super) async fn answer(
    visit: Visit,
    Path(id): Path<String>,
    Form(pairs): Form<Vec<(String, String)>>,
) -> Result<Response, PageFailure> {
    let text = value(&pairs, "reponse").to_owned();
    let contests = value(&pairs, "conteste") == "oui";
    let (of, given) = (id.clone(), text.clone());
    let work = move |ctx: &mut identity::Ctx<'_, '_>| crate::answer(ctx, &of, &given, contests);
    match visit.app.write(&visit.actor, work).await {
        Ok(()) => Ok(Redirect::to(&format!("/observations/{id}")).into_response()),
        Err(Stop::Refused(it)) => {
            let error = visit.chrome_titled("").tell(&it);
            let facts = facts(&visit, id).await?;
            visit.correct(&view(&visit, facts, (text, contests), error))
        }
        Err(Stop::Failed(it)) => Err(it.into()),
    }
}

/// The photograph of what is public; of what waits, for those who decide.
pub(super) async fn photo(visit: Visit, Path(id): Path<String>) -> Result<Response, PageFailure> {
    let (actor, today) = (visit.actor.clone(), visit.today());
    let found = visit.app.read(move |tx| {
        let Some(it) = crate::observation(tx, &id)? else { return Ok(None) };
        let mut hash = it.public().and_then(|it| it.photo.as_ref()).map(|it| it.hash.clone());
        if hash.is_none() && may_moderate(tx, &actor, &it.commune, today)? {
            hash = it.sent().and_then(|it| it.photo.as_ref()).map(|it| it.hash.clone());
        }
        let Some(hash) = hash else { return Ok(None) };
        Ok::<_, Failure>(crate::photo_bytes(tx, &hash)?)
    });
    let (kind, bytes) = found.await?.ok_or(PageFailure::NotFound)?;
    Ok(([(CONTENT_TYPE, kind.media()), (CACHE_CONTROL, "no-cache")], bytes).into_response())
}
