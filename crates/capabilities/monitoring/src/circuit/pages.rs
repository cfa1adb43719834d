//! The page on which a quarter is passed on: closed at the cercle, validated at the region,
//! published at the nation.

use super::alerts::Doubt;
use super::{close, closing, ground_of, pass_on, passing};
use crate::entry::page::{self, chrome, gravity, pass_key};
use crate::questionnaire::Level;
use crate::store::{Ground, Passed};
use askama::Template;
use axum::extract::{Path, Query};
use axum::response::{IntoResponse, Redirect, Response};
use identity::Action;
use kernel::{Failure, Message, Quarter, Reject, Stop};
use serde::Deserialize;
use web::{Access, Chrome, Form, PageFailure, Routes, Visit};

pub(super) fn routes() -> Routes {
    let address = "/suivi/circuit/{place}/{quarter}";
    // Which right is needed depends on the level of the place: the use case asks.
    Routes::new().get(address, Access::Needs(Action::ReadUnpublished), show).post(
        address,
        Access::SignedIn,
        act,
    )
}

/// What came from below.
struct Line {
    name: String,
    code: String,
    href: String,
    day: String,
    office: String,
    mark: String,
    missing: Vec<String>,
}

#[derive(Template)]
#[template(path = "circuit/pass.html")]
struct View {
    chrome: Chrome,
    ground: Ground,
    quarter: Quarter,
    level: Level,
    received: Vec<Line>,
    missing: Vec<String>,
    open: Vec<Doubt>,
    answered: usize,
    passed: Option<Passed>,
    has_news: bool,
    may_pass: bool,
    without: bool,
    reason: String,
    refusal: Option<(&'static str, String)>,
    just_done: bool,
}

impl View {
    fn word(&self, what: &str) -> String {
        self.chrome.t(&format!("{}{what}", pass_key(self.level)))
    }

    fn day(&self, passed: &Passed) -> String {
        self.chrome.language().short_date(passed.day)
    }

    fn names(&self, codes: &[String]) -> String {
        codes.iter().map(|it| self.ground.name(it)).collect::<Vec<_>>().join(", ")
    }

    fn gravity(&self, doubt: &Doubt) -> &'static str {
        gravity(doubt.alert.severity)
    }

    fn severity_key(&self, doubt: &Doubt) -> &'static str {
        page::severity_key(doubt.alert.severity)
    }

    fn passed_kind(&self) -> &'static str {
        if self.just_done { "success" } else { "info" }
    }

    fn passed_text(&self, passed: &Passed) -> String {
        let key = format!("{}-done", pass_key(self.level));
        self.chrome.t2(&key, ("day", self.day(passed)), ("code", &passed.mark))
    }

    /// Whether the place gathers what others passed on.
    fn gathers(&self) -> bool {
        Level::Region <= self.level
    }

    fn alerts_href(&self) -> String {
        format!("/suivi/alertes/{}/{}", self.ground.place(), self.quarter)
    }

    fn error(&self, field: &str) -> String {
        self.refusal.iter().filter(|it| it.0 == field).map(|it| it.1.clone()).collect()
    }

    fn expected(&self) -> usize {
        self.received.len() + self.missing.len()
    }

    fn report_href(&self) -> String {
        crate::reports::href(self.ground.place(), self.quarter)
    }
}

async fn view(visit: &Visit, place: &str, quarter: Quarter) -> Result<View, PageFailure> {
    let (code, actor, language) = (place.to_owned(), visit.actor.clone(), visit.language);
    let read = visit.app.read(move |tx| {
        let ground = page::visible(tx, &actor, &code, quarter)?;
        let here = ground_of(tx, &code, quarter)?;
        if here.closes(&code).is_empty() && ground.level() < Level::Region {
            return Err(Failure::NotFound);
        }
        let closing = match ground.level() {
            Level::Cercle => Some(closing(tx, &actor, &code, quarter)?),
            _ => None,
        };
        let passing = match ground.level() {
            Level::Region | Level::Nation => Some(passing(tx, &code, quarter)?),
            _ => None,
        };
        Ok::<_, Failure>((ground, closing, passing))
    });
    let (ground, closing, passing) = read.await.map_err(|it: Failure| PageFailure::from(it))?;
    let level = ground.level();
    let words = visit.app.catalogue().say(language, pass_key(level), &[]);
    let title = format!("{words}, {}", language.short_quarter(quarter));
    let mut view = View {
        chrome: chrome(visit, title, &ground, quarter),
        level,
        received: Vec::new(),
        missing: Vec::new(),
        open: Vec::new(),
        answered: 0,
        passed: None,
        has_news: true,
        may_pass: visit.may(action(level), &ground.object(place)),
        without: false,
        reason: String::new(),
        refusal: None,
        just_done: false,
        quarter,
        ground,
    };
    if let Some(it) = closing {
        view.received = it
            .present
            .iter()
            .map(|code| Line {
                name: view.ground.name(code).to_owned(),
                href: page::forms_href(code, quarter, crate::questionnaire::Tier::Core),
                code: code.clone(),
                day: String::new(),
                office: String::new(),
                mark: String::new(),
                missing: Vec::new(),
            })
            .collect();
        view.has_news = it.closed.is_none() || !it.to_file.is_empty();
        view.missing = it.missing;
        view.passed = it.closed;
        view.answered = it.doubts.iter().filter(|it| it.answer.is_some()).count();
        view.open = it.doubts.into_iter().filter(Doubt::is_open).collect();
    }
    if let Some(it) = passing {
        view.has_news = it.passed.is_none() || it.has_news();
        view.received = it
            .received
            .iter()
            .map(|passed| Line {
                name: view.ground.name(&passed.place).to_owned(),
                href: format!("/suivi?lieu={}&trimestre={quarter}", passed.place),
                code: passed.place.clone(),
                day: language.short_date(passed.day),
                office: passed.office.clone(),
                mark: passed.mark.clone(),
                missing: passed.missing.clone(),
            })
            .collect();
        view.missing = it.missing;
        view.passed = it.passed;
    }
    Ok(view)
}

fn action(level: Level) -> Action {
    match level {
        Level::Commune | Level::Cercle => Action::CloseQuarter,
        Level::Region => Action::ValidateQuarter,
        Level::Nation => Action::PublishQuarter,
    }
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Asked {
    fait: Option<String>,
}

async fn show(
    visit: Visit,
    Path((place, quarter)): Path<(String, String)>,
    Query(asked): Query<Asked>,
) -> Result<Response, PageFailure> {
    let view = view(&visit, &place, page::quarter(&quarter, visit.today())?).await?;
    visit.page(&View { just_done: asked.fait.is_some(), ..view })
}

#[derive(Clone, Default, Deserialize)]
#[serde(default)]
struct Fields {
    malgre: String,
    motif: String,
}

async fn act(
    visit: Visit,
    Path((place, quarter)): Path<(String, String)>,
    Form(fields): Form<Fields>,
) -> Result<Response, PageFailure> {
    let quarter = page::quarter(&quarter, visit.today())?;
    let (code, typed) = (place.clone(), fields.clone());
    let done = visit
        .app
        .write(&visit.actor, move |ctx| {
            let level = ground_of(ctx.tx, &code, quarter)?.level();
            let without = (typed.malgre == "oui").then_some(typed.motif.as_str());
            match level {
                Level::Commune | Level::Cercle => close(ctx, &code, quarter, without),
                Level::Region | Level::Nation => pass_on(ctx, &code, quarter, without),
            }
        })
        .await;
    match done {
        Ok(entry) => {
            let here = format!("/suivi/circuit/{place}/{quarter}?fait={}", entry.mark());
            Ok(Redirect::to(&here).into_response())
        }
        Err(Stop::Refused(rule)) => {
            let mut view = view(&visit, &place, quarter).await?;
            let message: Message = rule.message();
            let field = match rule {
                super::Refused::NoReason | super::Refused::LongReason => "motif",
                super::Refused::Missing { .. } => "malgre-oui",
                super::Refused::Unanswered { .. } => "alertes",
                _ => "passer",
            };
            view.refusal = Some((field, visit.app.tell(visit.language, &message)));
            view.without = fields.malgre == "oui";
            view.reason = fields.motif;
            visit.correct(&view)
        }
        Err(Stop::Failed(failure)) => Err(failure.into()),
    }
}
