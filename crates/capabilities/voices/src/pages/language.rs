//! `/voix/{language}`: the fragments of a language, recorded or missing.

use std::collections::{BTreeMap, BTreeSet};

use askama::Template;
use axum::extract::{Path, Request};
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Redirect, Response};
use identity::Action;
use kernel::{Failure, Message, Reject, Stop};
use web::{Chrome, Form, PageFailure, Sent, Visit};

use crate::fold::{Kept, heard, languages, path_of, recordings};
use crate::grammar::{Grammar, key_of_place};
use crate::keep::places;
use crate::opus::{LARGEST_FRAGMENT, LONGEST_FRAGMENT_MILLIS};
use crate::{Consent, KeepRefused};

#[derive(Template)]
#[template(path = "voices/language.html")]
struct View {
    chrome: Chrome,
    code: String,
    name: String,
    verified: bool,
    source: String,
    missing: Vec<Line>,
    recorded: Vec<Line>,
    error: String,
    chosen: String,
    speaker: String,
    file_hint: String,
}

/// A fragment.
pub(super) struct Line {
    pub key: String,
    pub words: String,
    mark: String,
    speaker: String,
    seconds: String,
    /// The place for which it was recorded, if this person cannot take it back there; else empty.
    place: String,
}

/// The fragments of a language, and the names of the communes for which this person records.
pub(super) async fn lines(visit: &Visit, code: &str) -> Result<(Grammar, Vec<Line>), PageFailure> {
    let (code, actor, today) = (code.to_owned(), visit.actor.clone(), visit.today());
    let language = visit.language;
    let found = visit.app.read(move |tx| {
        let all = languages(tx)?;
        let Some(grammar) = all.into_iter().find(|it| it.language == code) else {
            return Ok(None);
        };
        let own = places(tx, &actor, today)?;
        let all = recordings(tx, &code)?;
        let mut wanted: Vec<(String, String, Vec<String>)> = Vec::new();
        // What is said everywhere is recorded for the widest of the person's places.
        let widest = own.first().cloned().unwrap_or_default();
        for (key, words) in &grammar.fragments {
            wanted.push((key.clone(), words.clone(), widest.clone()));
        }
        // A commune below two offices of one person is listed once.
        let mut communes = BTreeSet::new();
        for place in own.iter().filter_map(|it| it.first()) {
            for (commune, level) in territory::subtree(tx, place, today)? {
                if level != territory::Level::Commune || !communes.insert(commune.clone()) {
                    continue;
                }
                let place = territory::place_near(tx, &commune, today)?;
                let name = place.map_or_else(|| commune.clone(), |it| it.name);
                wanted.push((key_of_place(&commune), name, path_of(tx, &commune, today)?));
            }
        }
        let mut by_key: BTreeMap<&str, Vec<&Kept>> = BTreeMap::new();
        for (key, it) in &all {
            by_key.entry(key).or_default().push(it);
        }
        let mut lines = Vec::new();
        for (key, words, path) in wanted {
            let recorded = by_key.get(key.as_str()).into_iter().flatten().copied();
            let it = heard(recorded, &path);
            let tenths = it.map_or(0, |it| it.millis / 100);
            let seconds = kernel::Decimal::new(i64::try_from(tenths).unwrap_or_default(), 1);
            let may_withdraw = match it {
                Some(it) => {
                    let scope = identity::Object::at(path_of(tx, &it.scope, today)?);
                    identity::allow(&actor, Action::KeepVoices, &scope)
                }
                None => false,
            };
            let place = match it.filter(|_| !may_withdraw) {
                Some(it) => territory::place_near(tx, &it.scope, today)?
                    .map_or_else(|| it.scope.clone(), |it| it.name),
                None => String::new(),
            };
            lines.push(Line {
                mark: it.map(|it| it.mark.clone()).unwrap_or_default(),
                speaker: it.map(|it| it.speaker.clone()).unwrap_or_default(),
                seconds: language.decimal(seconds),
                place,
                key,
                words,
            });
        }
        Ok::<_, Failure>(Some((grammar, lines)))
    });
    found.await?.ok_or(PageFailure::NotFound)
}

impl Line {
    /// Whether it waits for somebody to say it.
    pub fn is_missing(&self) -> bool {
        self.mark.is_empty()
    }
}

async fn view(
    visit: &Visit,
    code: &str,
    (error, chosen, speaker): (String, String, String),
) -> Result<View, PageFailure> {
    let (grammar, lines) = lines(visit, code).await?;
    let (missing, recorded) = lines.into_iter().partition(Line::is_missing);
    let title = visit.chrome_titled("").t1("voices-language-title", "name", &grammar.name);
    let chrome = visit.chrome_titled(title);
    Ok(View {
        file_hint: chrome.t2(
            "voices-file-hint",
            ("most", LARGEST_FRAGMENT / 1024),
            ("seconds", LONGEST_FRAGMENT_MILLIS / 1000),
        ),
        chrome,
        code: grammar.language,
        name: grammar.name,
        verified: grammar.verified,
        source: grammar.source,
        missing,
        recorded,
        error,
        chosen,
        speaker,
    })
}

pub(super) async fn show(visit: Visit, Path(code): Path<String>) -> Result<Response, PageFailure> {
    let view = view(&visit, &code, (String::new(), String::new(), String::new())).await?;
    visit.page(&view)
}

fn answered(visit: &Visit, rule: &KeepRefused) -> String {
    visit.chrome_titled("").tell(&rule.message())
}

pub(super) async fn submit(
    visit: Visit,
    Path(code): Path<String>,
    request: Request,
) -> Result<Response, PageFailure> {
    let sent = Sent::read(&visit, request).await?;
    if !sent.whole {
        return Err(PageFailure::TooLarge(super::FORM_BYTES));
    }
    let fragment = sent.field("fragment").to_owned();
    let consent = Consent {
        speaker: sent.field("personne").to_owned(),
        given: sent.field("accord") == "oui",
    };
    if !web::is_plain(&consent.speaker) || !web::is_plain(&fragment) {
        return Err(PageFailure::Refused(Message::new("error-control-signs")));
    }
    let (of, key, given) = (code.clone(), fragment.clone(), consent.clone());
    let work =
        move |ctx: &mut identity::Ctx<'_, '_>| crate::record(ctx, (&of, &key), &given, &sent.bytes);
    match visit.app.write(&visit.actor, work).await {
        Ok(()) => Ok(Redirect::to(&format!("/voix/{code}")).into_response()),
        Err(Stop::Refused(it)) => {
            let error = answered(&visit, &it);
            visit.correct(&view(&visit, &code, (error, fragment, consent.speaker)).await?)
        }
        Err(Stop::Failed(it)) => Err(it.into()),
    }
}

pub(super) async fn withdraw(
    visit: Visit,
    Path(code): Path<String>,
    Form(pairs): Form<Vec<(String, String)>>,
) -> Result<Response, PageFailure> {
    let value = |name: &str| {
        pairs.iter().rev().find(|it| it.0 == name).map(|it| it.1.clone()).unwrap_or_default()
    };
    let (mark, reason) = (value("enregistrement"), value("raison"));
    let work = move |ctx: &mut identity::Ctx<'_, '_>| crate::withdraw(ctx, &mark, &reason);
    match visit.app.write(&visit.actor, work).await {
        Ok(()) => Ok(Redirect::to(&format!("/voix/{code}")).into_response()),
        Err(Stop::Refused(it)) => {
            let error = answered(&visit, &it);
            visit.correct(&view(&visit, &code, (error, String::new(), String::new())).await?)
        }
        Err(Stop::Failed(it)) => Err(it.into()),
    }
}

/// One recording, for those in charge.
pub(super) async fn listen(
    visit: Visit,
    Path(mark): Path<String>,
    headers: HeaderMap,
) -> Result<Response, PageFailure> {
    let found = visit.app.read(move |tx| Ok::<_, Failure>(crate::recording(tx, &mark)?));
    let bytes = found.await?.ok_or(PageFailure::NotFound)?;
    Ok(super::sound(&headers, bytes))
}
