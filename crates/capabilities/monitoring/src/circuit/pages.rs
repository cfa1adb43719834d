//! The page on which a quarter is passed on: closed at the cercle, validated at the region,
//! published at the nation.

use super::alerts::Doubt;
use super::{close, closing, ground_of, pass_on, passing, reopening_page};
use crate::entry::page::{self, chrome, gravity, pass_key};
use crate::questionnaire::Level;
use crate::store::{Ground, Passed, Stage, passages};
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
pub(super) struct View {
    chrome: Chrome,
    ground: Ground,
    quarter: Quarter,
    /// The level whose step the page takes: a place that closes for its communes and validates for
    /// itself has two.
    level: Level,
    /// The other step of such a place: its address and its words.
    other: Option<(String, String)>,
    pub(super) reopenings: Vec<reopening_page::Line>,
    /// The place may ask for its closing to be opened again.
    may_reopen: bool,
    pub(super) asking: String,
    corrections: usize,
    questions: (usize, usize),
    received: Vec<Line>,
    missing: Vec<String>,
    open: Vec<Doubt>,
    answered: usize,
    passed: Option<Passed>,
    has_news: bool,
    may_pass: bool,
    without: bool,
    reason: String,
    pub(super) refusal: Option<(&'static str, String)>,
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

    /// What the mark was put under, a line each.
    fn under(&self) -> Vec<(String, String)> {
        let under = self.passed.as_ref().and_then(|it| it.under.as_ref());
        under.map(|it| super::slip::lines(&self.chrome, it)).unwrap_or_default()
    }

    fn is_nation(&self) -> bool {
        self.level == Level::Nation
    }

    fn slip_href(&self) -> String {
        super::slip::href(self.ground.place(), self.quarter)
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

    /// The word of its step, where the place has two.
    fn step_word(&self) -> &'static str {
        if self.level == Level::Cercle { "clore" } else { "valider" }
    }

    fn here(&self, room: &str) -> String {
        format!("/suivi/{room}/{}/{}", self.ground.place(), self.quarter)
    }

    fn report_href(&self) -> String {
        crate::reports::href(self.ground.place(), self.quarter)
    }
}

/// The level whose step a page takes: as asked, or what the place has to do first.
fn acting(ground: &Ground, asked: &Asked, has_closed: bool) -> Level {
    let level = ground.level();
    if level < Level::Region || ground.closes(ground.place()).is_empty() {
        return level;
    }
    match asked.etape.as_str() {
        "clore" => Level::Cercle,
        "valider" => level,
        _ if has_closed => level,
        _ => Level::Cercle,
    }
}

pub(super) async fn view(
    visit: &Visit,
    place: &str,
    quarter: Quarter,
    asked: &Asked,
) -> Result<View, PageFailure> {
    let (code, actor, language) = (place.to_owned(), visit.actor.clone(), visit.language);
    let asked = asked.clone();
    let read = visit.app.read(move |tx| {
        let ground = page::visible(tx, &actor, &code, quarter)?;
        if ground.closes(&code).is_empty() && ground.level() < Level::Region {
            return Err(Failure::NotFound);
        }
        let state = passages(tx, &ground)?;
        let has_closed = state.standing(&code, quarter, Stage::Closed).is_some();
        let level = acting(&ground, &asked, has_closed);
        let closing = match level {
            Level::Cercle => Some(closing(tx, &actor, &code, quarter)?),
            _ => None,
        };
        let passing = match level {
            Level::Region | Level::Nation => Some(passing(tx, &code, quarter)?),
            _ => None,
        };
        let requests = reopening_page::read(tx, &ground, quarter)?;
        let corrections = super::corrections(tx, &ground, quarter)?.len();
        let threads = super::threads(tx, &ground, quarter)?;
        let open = threads.iter().filter(|it| it.turn() != super::Turn::Settled).count();
        Ok::<_, Failure>((
            ground,
            level,
            closing,
            passing,
            requests,
            corrections,
            (open, threads.len()),
        ))
    });
    let (ground, level, closing, passing, requests, corrections, questions) =
        read.await.map_err(|it: Failure| PageFailure::from(it))?;
    let words = visit.app.catalogue().say(language, pass_key(level), &[]);
    let title = format!("{words}, {}", language.short_quarter(quarter));
    let other = (ground.level() != level
        || (Level::Region <= level && !ground.closes(place).is_empty()))
    .then(|| {
        let (word, at) = match level {
            Level::Cercle => ("valider", ground.level()),
            _ => ("clore", Level::Cercle),
        };
        let href = format!("/suivi/circuit/{place}/{quarter}?etape={word}");
        (href, visit.app.catalogue().say(language, pass_key(at), &[]))
    });
    let reopenings = reopening_page::lines(visit, &ground, requests);
    let is_waiting = reopenings.iter().any(|it| it.fate == super::Fate::Waiting);
    let mut view = View {
        chrome: chrome(visit, title, &ground, quarter),
        level,
        other,
        may_reopen: !is_waiting
            && closing.as_ref().is_some_and(|it| it.closed.is_some())
            && visit.may(Action::CloseQuarter, &ground.object(place)),
        reopenings,
        asking: String::new(),
        corrections,
        questions,
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

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    fait: Option<String>,
    etape: String,
}

async fn show(
    visit: Visit,
    Path((place, quarter)): Path<(String, String)>,
    Query(asked): Query<Asked>,
) -> Result<Response, PageFailure> {
    let view = view(&visit, &place, page::quarter(&quarter, visit.today())?, &asked).await?;
    visit.page(&View { just_done: asked.fait.is_some(), ..view })
}

#[derive(Clone, Default, Deserialize)]
#[serde(default)]
struct Fields {
    malgre: String,
    motif: String,
    etape: String,
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
            let ground = ground_of(ctx.tx, &code, quarter)?;
            let asked = Asked { etape: typed.etape.clone(), fait: None };
            let level = acting(&ground, &asked, true);
            let without = (typed.malgre == "oui").then_some(typed.motif.as_str());
            match level {
                Level::Commune | Level::Cercle => close(ctx, &code, quarter, without),
                Level::Region | Level::Nation => pass_on(ctx, &code, quarter, without),
            }
        })
        .await;
    match done {
        Ok(entry) => {
            crate::reports::after_passing(&visit, &place, quarter).await?;
            let here = format!("/suivi/circuit/{place}/{quarter}?fait={}", entry.mark());
            Ok(Redirect::to(&here).into_response())
        }
        Err(Stop::Refused(rule)) => {
            let asked = Asked { etape: fields.etape.clone(), fait: None };
            let mut view = view(&visit, &place, quarter, &asked).await?;
            let message: Message = rule.message();
            let field = match rule {
                super::Refused::NoReason | super::Refused::LongReason => "motif",
                super::Refused::Missing { .. } => "malgre-oui",
                super::Refused::Unanswered { .. } => "alertes",
                super::Refused::Questions { .. } => "questions",
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
