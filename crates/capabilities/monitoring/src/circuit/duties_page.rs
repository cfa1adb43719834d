//! The page of terms: what the person owes, and the days of the quarter for their place, to be
//! printed.

use super::plan::Act;
use super::reception::{Standing, days_between};
use super::{Owed, ground_of, owed};
use crate::analysis;
use crate::questionnaire;
use crate::store::{Stage, filings, passages};
use askama::Template;
use axum::response::Response;
use identity::Action;
use kernel::{Date, Failure, Quarter};
use web::{Access, Chrome, PageFailure, Routes, Visit};

pub(super) fn routes() -> Routes {
    Routes::new().get("/suivi/echeances", Access::Needs(Action::ReadUnpublished), show)
}

/// A day of the quarter.
struct Term {
    act: String,
    takes: String,
    due: String,
    standing: Standing,
}

#[derive(Template)]
#[template(path = "circuit/terms.html")]
struct View {
    chrome: Chrome,
    place: String,
    quarter: String,
    today: String,
    owed: Vec<(Owed, Standing)>,
    terms: Vec<Term>,
}

impl View {
    fn told(&self, standing: &Standing) -> String {
        told(&self.chrome, *standing)
    }

    fn text(&self, it: &Owed) -> String {
        let quarter = self.chrome.language().short_quarter(it.quarter);
        let key = format!("duty-{}", it.act.word());
        self.chrome.t2(&key, ("place", &it.name), ("quarter", quarter))
    }

    fn day(&self, it: &Owed) -> String {
        self.chrome.language().long_date(it.due)
    }
}

/// How something stands against its day, in words.
pub(crate) fn told(chrome: &Chrome, standing: Standing) -> String {
    chrome.t1(&format!("reception-{}", standing.word()), "days", standing.days())
}

/// How something that has not come stands against its day.
pub(crate) fn awaited(due: Date, today: Date) -> Standing {
    let late = days_between(due, today);
    if late <= 0 { Standing::Awaited(-late) } else { Standing::Late(late) }
}

async fn show(visit: Visit) -> Result<Response, PageFailure> {
    let (actor, today) = (visit.actor.clone(), visit.today());
    let read = visit.app.read(move |tx| {
        let owed = owed(tx, &actor, today)?;
        let quarter = Quarter::of(today).plus(-1);
        let place = analysis::home(tx, &actor, today)?.ok_or(Failure::NotFound)?;
        let ground = ground_of(tx, &place, quarter)?;
        let questionnaire = questionnaire::in_force(tx, quarter)?;
        let state = passages(tx, &ground)?;
        let mut terms = Vec::new();
        for act in Act::ALL {
            let takes = match act {
                Act::File => Some(place.as_str()),
                Act::Close => ground.takes(&place, Stage::Closed, quarter),
                Act::Validate => ground.takes(&place, Stage::Validated, quarter),
                Act::Publish => ground.takes(&place, Stage::Published, quarter),
            };
            let due = ground.due(&questionnaire, &place, act, quarter);
            let Some((takes, due)) = takes.zip(due) else { continue };
            let came = match act {
                Act::File => filings(tx, &place, quarter)?.first().map(|it| it.day),
                Act::Close => state.standing(takes, quarter, Stage::Closed).map(|it| it.day),
                Act::Validate => state.last(takes, quarter, Stage::Validated).map(|it| it.day),
                Act::Publish => state.last(takes, quarter, Stage::Published).map(|it| it.day),
            };
            terms.push((act, ground.name(takes).to_owned(), due, Standing::of(came, due, today)));
        }
        Ok::<_, Failure>((owed, ground, quarter, terms))
    });
    let (owed, ground, quarter, terms) = read.await.map_err(|it: Failure| PageFailure::from(it))?;
    let say = |key: &str| visit.app.catalogue().say(visit.language, key, &[]);
    let name = ground.name(ground.place()).to_owned();
    visit.page(&View {
        chrome: visit
            .chrome_titled(say("terms-title"))
            .with_place(name.clone())
            .with_invented(ground.invented),
        place: name,
        quarter: visit.language.quarter(quarter),
        today: visit.language.long_date(today),
        owed: owed.into_iter().map(|it| (it.clone(), awaited(it.due, today))).collect(),
        terms: terms
            .into_iter()
            .map(|(act, takes, due, standing)| Term {
                act: say(&format!("plan-act-{}", act.word())),
                takes,
                due: visit.language.long_date(due),
                standing,
            })
            .collect(),
    })
}
