//! `/observations/suivi`: the sender comes back with a code.

use askama::Template;
use axum::response::Response;
use db::Tx;
use kernel::{Date, Failure, Message, Stop};
use web::{Chrome, Form, PageFailure, Visit};

use super::card::Card;
use super::{name_of, value};
use crate::observation::{Act, Observation};
use crate::private;

#[derive(Template)]
#[template(path = "observations/follow.html")]
struct View {
    chrome: Chrome,
    code: String,
    error: String,
    typed: String,
    found: Option<Found>,
}

/// What the sender may know.
struct Found {
    state_icon: &'static str,
    state: String,
    told: String,
    text: String,
    question: String,
    refused: String,
    may_settle: bool,
    has_contact: bool,
    card: Option<Card>,
}

fn blank(visit: &Visit, code: &str, error: String) -> View {
    View {
        chrome: visit.chrome("observations-follow-title"),
        code: code.to_owned(),
        error,
        typed: String::new(),
        found: None,
    }
}

pub(super) async fn show(visit: Visit) -> Result<Response, PageFailure> {
    visit.page(&blank(&visit, "", String::new()))
}

fn find(
    tx: &mut Tx<'_>,
    chrome: &Chrome,
    code: &str,
    (now_millis, today): (i64, Date),
) -> Result<Option<Found>, Failure> {
    let Some(id) = private::by_code(tx, code)? else { return Ok(None) };
    let Some(it) = crate::observation(tx, &id)? else { return Ok(None) };
    let has_contact = crate::contact_of(tx, &id, now_millis)?.is_some();
    let name = name_of(tx, &it.commune, today)?;
    Ok(Some(found(chrome, &it, name, has_contact)))
}

fn found(chrome: &Chrome, it: &Observation, name: String, has_contact: bool) -> Found {
    let state = it.state();
    let refused = it.acts.iter().rev().find_map(|said| match &said.act {
        Act::Refused(refused) => Some((refused.ground, &said.reason)),
        Act::Withdrawn(withdrawn) => Some((withdrawn.ground, &said.reason)),
        _ => None,
    });
    let refused = refused.filter(|_| !state.is_public()).map(|(ground, reason)| {
        let ground = chrome.t(&format!("observations-ground-{}", ground.word()));
        format!("{ground} {reason}")
    });
    Found {
        state_icon: state.icon(),
        state: chrome.t(&format!("observations-state-{}", state.word())),
        told: chrome.t(&format!("observations-told-{}", state.word())),
        text: it.sent().map(|it| it.text.clone()).unwrap_or_default(),
        question: it.open_questions().last().map(|it| it.1.to_owned()).unwrap_or_default(),
        refused: refused.unwrap_or_default(),
        may_settle: matches!(state, crate::State::Signalee | crate::State::Repondue),
        has_contact,
        card: Card::of(chrome, it, name),
    }
}

pub(super) async fn submit(
    visit: Visit,
    Form(pairs): Form<Vec<(String, String)>>,
) -> Result<Response, PageFailure> {
    let code = value(&pairs, "code").trim().chars().take(40).collect::<String>();
    let (act, text) = (value(&pairs, "acte").to_owned(), value(&pairs, "texte").to_owned());
    let (of, typed) = (code.clone(), text.clone());
    let done: Result<(), Stop<Message>> = match act.as_str() {
        "completer" => {
            visit.app.write(&visit.actor, move |ctx| crate::complete(ctx, &of, &text)).await
        }
        "regler" => {
            visit.app.write(&visit.actor, move |ctx| crate::settle_as_sender(ctx, &of)).await
        }
        "effacer" => {
            visit
                .app
                .write(&visit.actor, move |ctx| match private::by_code(ctx.tx, &of)? {
                    Some(id) => Ok(private::erase(ctx.tx, &id)?),
                    None => Err(Stop::Refused(Message::new("observations-bad-code"))),
                })
                .await
        }
        _ => Ok(()),
    };
    let refusal = match done {
        Ok(()) => None,
        Err(Stop::Refused(it)) => Some(it),
        Err(Stop::Failed(it)) => return Err(it.into()),
    };
    let (words, of) = (visit.chrome("observations-follow-title"), code.clone());
    let times = (visit.now_millis, visit.today());
    let found = visit.app.read(move |tx| find(tx, &words, &of, times)).await?;
    let chrome = visit.chrome("observations-follow-title");
    let error = match (&refusal, &found) {
        (Some(it), _) => chrome.tell(it),
        (None, None) => chrome.t("observations-bad-code"),
        (None, Some(_)) => String::new(),
    };
    let wrong = !error.is_empty();
    let typed = if wrong { typed } else { String::new() };
    let view = View { found, typed, ..blank(&visit, &code, error) };
    if wrong { visit.correct(&view) } else { visit.page(&view) }
}
