//! `/observations/reponses`: what the commune is asked to answer.

use askama::Template;
use axum::response::Response;
use kernel::Failure;
use web::{Chrome, PageFailure, Visit};

use super::card::Line;
use super::name_of;
use crate::State;

#[derive(Template)]
#[template(path = "observations/answers.html")]
struct View {
    chrome: Chrome,
    waiting: Vec<Line>,
    others: Vec<Line>,
}

pub(super) async fn list(visit: Visit) -> Result<Response, PageFailure> {
    let chrome = visit.chrome("observations-answers-title");
    let (words, actor, today) = (chrome.clone(), visit.actor.clone(), visit.today());
    let lists = visit.app.read(move |tx| {
        let mut lists = Vec::new();
        for states in [&[State::Signalee][..], &[State::Repondue, State::Reglee]] {
            let mut lines = Vec::new();
            for it in crate::awaiting_answer(tx, &actor, states, today)? {
                let name = name_of(tx, &it.commune, today)?;
                let href = format!("/observations/{}", it.id);
                lines.extend(Line::of(&words, &it, &name, href));
            }
            lists.push(lines);
        }
        Ok::<_, Failure>(lists)
    });
    let mut lists = lists.await?.into_iter();
    let (waiting, others) = (lists.next().unwrap_or_default(), lists.next().unwrap_or_default());
    visit.page(&View { chrome, waiting, others })
}
