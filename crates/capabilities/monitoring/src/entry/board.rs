//! The board of a place for a quarter: who is where, what is doubted, who is missing.

mod rows;

use self::rows::{gathered, regions};
use super::page::{self, Progress, chrome, forms_href};
use crate::circuit::{self, Act, Doubt, Standing, doubts_of, ground_of};
use crate::questionnaire::{self, Level, Questionnaire, Severity, Tier};
use crate::store::{
    self, Ground, Passed, Stage, State, View as Sight, deadline, drafts_of, filings_of,
    first_period_of, may_read_unpublished, passages, values_between,
};
use crate::values::{Completeness, UnitValues, Values};
use askama::Template;
use axum::extract::Query;
use axum::response::Response;
use db::Tx;
use identity::{Action, Actor};
use kernel::{Date, Failure, Quarter};
use serde::Deserialize;
use web::{Access, Chrome, PageFailure, Routes, Visit};

/// The quarters before the one shown that the board leads to.
const BEFORE: i32 = 4;

pub(super) fn routes() -> Routes {
    Routes::new().get("/suivi", Access::Public, show)
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Asked {
    lieu: String,
    trimestre: String,
}

/// A unit, a cercle or a region on the board.
struct Line {
    code: String,
    name: String,
    href: String,
    progress: Progress,
    is_late: bool,
    day: String,
    /// For a unit: cells answered; for a larger place: units received.
    done: u32,
    all: u32,
    blocking: usize,
    warning: usize,
    information: usize,
    /// Figures sent back to it.
    sent_back: usize,
    /// The units under it, for a cercle seen from its region.
    under: Vec<Line>,
}

#[derive(Template)]
#[template(path = "entry/board.html")]
struct View {
    chrome: Chrome,
    ground: Ground,
    quarter: Quarter,
    quarters: Vec<(String, String, bool)>,
    lines: Vec<Line>,
    missing: Vec<String>,
    received: usize,
    is_over: bool,
    /// The place took its own step.
    is_passed: bool,
    due: String,
    due_key: String,
    /// How its own step stands against its day; nothing once it is taken.
    standing: Option<Standing>,
    open: usize,
    /// How far the quarter is, from the cercle upwards.
    stages: Vec<String>,
    in_time: String,
    may_import: bool,
}

#[derive(Template)]
#[template(path = "entry/public.html")]
struct Public {
    chrome: Chrome,
    published: Vec<(String, Vec<String>)>,
}

impl View {
    fn alerts_href(&self) -> String {
        format!("/suivi/alertes/{}/{}", self.ground.place(), self.quarter)
    }

    fn paper_href(&self) -> String {
        format!("/suivi/papier?lieu={}&trimestre={}", self.ground.place(), self.quarter)
    }

    /// Where the place passes the quarter on; a commune files its forms.
    fn circuit_href(&self) -> String {
        if self.is_commune() {
            return forms_href(self.ground.place(), self.quarter, Tier::Core);
        }
        format!("/suivi/circuit/{}/{}", self.ground.place(), self.quarter)
    }

    /// A commune closes nothing and has no report of its own.
    fn is_commune(&self) -> bool {
        self.ground.level() == Level::Commune
    }

    /// The kind of the button to the indicators: the next useful act where there is no report.
    fn indicators_kind(&self) -> &'static str {
        if self.is_passed && self.is_commune() { "primary" } else { "quiet" }
    }

    fn told(&self, standing: &Standing) -> String {
        circuit::told(&self.chrome, *standing)
    }

    fn report_href(&self) -> String {
        crate::reports::href(self.ground.place(), self.quarter)
    }

    fn indicators_href(&self) -> String {
        format!("/suivi/indicateurs?lieu={}&periode={}", self.ground.place(), self.quarter)
    }

    /// What the place does with a quarter.
    fn pass_word(&self) -> String {
        if self.is_commune() {
            return self.chrome.t("forms-file");
        }
        self.chrome.t(page::pass_key(self.ground.level()))
    }

    /// Where the work stands: entry, alerts, passing on, sending.
    fn step(&self, at: usize) -> &'static str {
        let done = if 1 < self.stages.len() {
            // The place above took its step: it has what was sent.
            4
        } else if self.is_passed {
            3
        } else if !self.missing.is_empty() {
            0
        } else if 0 < self.open {
            1
        } else {
            2
        };
        match at {
            at if at < done => "done",
            at if at == done => "current",
            _ => "todo",
        }
    }

    /// The key of the words on those who are in.
    fn in_key(&self) -> &'static str {
        match self.ground.level() {
            Level::Commune | Level::Cercle => "board-in-cercle",
            Level::Region => "board-in-region",
            Level::Nation => "board-in-nation",
        }
    }

    /// The key of the words on what the last column counts.
    fn counts(&self) -> &'static str {
        match self.ground.level() {
            Level::Commune | Level::Cercle => "board-cells",
            Level::Region => "board-units",
            Level::Nation => "board-cercles",
        }
    }
}

/// The quarter to work on: the one after the last that the place passed on, or else the last that
/// is over; never one that has not begun.
fn current(state: &State, ground: &Ground, today: Date) -> Quarter {
    let place = ground.place();
    let (at, stage) = match ground.level() {
        Level::Nation => (Some(place), Stage::Published),
        Level::Region => (Some(place), Stage::Validated),
        Level::Cercle | Level::Commune => (ground.closer(place), Stage::Closed),
    };
    let last = at.and_then(|it| state.quarters(it, stage).into_iter().max());
    let now = Quarter::of(today);
    last.map_or_else(|| now.plus(-1), |it| it.plus(1)).min(now)
}

/// How far a quarter is that a region or the nation passed on itself.
fn of_holder<'a>(state: &'a State, ground: &Ground, quarter: Quarter) -> Vec<&'a Passed> {
    let own = match ground.level() {
        Level::Nation => Stage::Published,
        _ => Stage::Validated,
    };
    let Some(own) = state.last(ground.place(), quarter, own) else { return Vec::new() };
    let nation = ground.above.iter().find(|it| it.1 == Level::Nation);
    let above = nation.and_then(|it| state.last(&it.0, quarter, Stage::Published));
    let above = above.filter(|it| it.is_over(own));
    std::iter::once(own).chain(above).collect()
}

struct Found {
    ground: Ground,
    quarter: Quarter,
    state: State,
    lines: Vec<Line>,
    doubts: Vec<Doubt>,
    returns: (u32, u32),
    questionnaire: std::sync::Arc<Questionnaire>,
}

async fn show(visit: Visit, Query(asked): Query<Asked>) -> Result<Response, PageFailure> {
    let own = visit.actor.main_office().map(|it| it.place.clone());
    let place = if asked.lieu.is_empty() { own } else { Some(asked.lieu.clone()) };
    let Some(place) = place.filter(|_| visit.actor.is_signed_in()) else {
        return public(&visit).await;
    };
    let wanted = match asked.trimestre.as_str() {
        "" => None,
        text => Some(page::quarter(text, visit.today())?),
    };
    let (actor, today) = (visit.actor.clone(), visit.today());
    let language = visit.language;
    let found = visit
        .app
        .read(move |tx| {
            let now = ground_of(tx, &place, wanted.unwrap_or(Quarter::of(today)))?;
            if !may_read_unpublished(&actor, &now, &place) {
                return Ok(None);
            }
            let state = passages(tx, &now)?;
            let quarter = wanted.unwrap_or_else(|| current(&state, &now, today));
            let ground = ground_of(tx, &place, quarter)?;
            let day = |it: Date| language.short_date(it);
            read(tx, &actor, ground, quarter, state, today, &day).map(Some)
        })
        .await
        .map_err(|it: Failure| PageFailure::from(it))?;
    match found {
        Some(found) => visit.page(&view(&visit, found)?),
        None => public(&visit).await,
    }
}

fn view(visit: &Visit, found: Found) -> Result<View, PageFailure> {
    let Found { ground, quarter, state, lines, doubts, returns, questionnaire } = found;
    let questionnaire = &*questionnaire;
    let language = visit.language;
    let today = visit.today();
    let place = ground.place().to_owned();
    let last = quarter.plus(1).min(Quarter::of(today)).max(quarter);
    let quarters = (-BEFORE..=1)
        .map(|it| quarter.plus(it))
        .filter(|it| *it <= last)
        .map(|it| {
            let href = format!("/suivi?lieu={place}&trimestre={it}");
            (href, language.short_quarter(it), it == quarter)
        })
        .collect();
    let is_in = |it: &&Line| match ground.level() {
        Level::Commune | Level::Cercle => 0 < it.done || it.progress != Progress::Todo,
        Level::Region | Level::Nation => it.progress != Progress::Todo,
    };
    let missing: Vec<String> =
        lines.iter().filter(|it| !is_in(it)).map(|it| it.name.clone()).collect();
    // What the place itself owes: its return, its closing, its validation, its publication.
    let act = match ground.level() {
        Level::Commune => Act::File,
        Level::Cercle => Act::Close,
        Level::Region => Act::Validate,
        Level::Nation => Act::Publish,
    };
    let due = ground.due(questionnaire, &place, act, quarter).unwrap_or_else(|| quarter.last_day());
    let here = match ground.level() {
        Level::Commune | Level::Cercle => state.taken(&ground, &place, quarter),
        Level::Region | Level::Nation => of_holder(&state, &ground, quarter),
    };
    let stages: Vec<String> = here
        .iter()
        .map(|it| {
            let key = format!("board-stage-{}", it.stage.word());
            let day = language.short_date(it.day);
            visit.app.catalogue().say(language, &key, &[("day", day)])
        })
        .collect();
    let share = |done: u32, all: u32| {
        kernel::Decimal::from(done * 100).checked_div(all.into()).map_or_else(
            || visit.app.catalogue().say(language, "word-no-data", &[]),
            |it| format!("{}\u{202f}%", language.decimal(it.round_dp(0))),
        )
    };
    let title = format!(
        "{} {}",
        visit.app.catalogue().say(language, "board-title", &[]),
        ground.name(&place)
    );
    Ok(View {
        chrome: chrome(visit, title, &ground, quarter),
        quarters,
        received: lines.len() - missing.len(),
        missing,
        is_over: quarter.last_day() < today,
        due_key: format!("due-{}", act.word()),
        standing: stages.is_empty().then(|| circuit::awaited_on(due, today)),
        due: language.short_date(due),
        open: doubts.iter().filter(|it| it.is_open()).count(),
        is_passed: !stages.is_empty(),
        stages,
        in_time: share(returns.1, returns.0),
        may_import: visit.may(Action::ImportValues, &ground.object(&place)),
        lines,
        ground,
        quarter,
    })
}

fn read(
    tx: &mut Tx<'_>,
    actor: &Actor,
    ground: Ground,
    quarter: Quarter,
    state: State,
    today: Date,
    day: &dyn Fn(Date) -> String,
) -> Result<Found, Failure> {
    let returns = store::returns(tx, actor, &ground, Sight::Working, quarter)?;
    let returns =
        returns.values().fold((0, 0), |sum, it| (sum.0 + it.expected, sum.1 + it.on_time));
    if ground.level() == Level::Nation {
        let questionnaire = questionnaire::in_force(tx, quarter)?;
        let lines = regions(&ground, &questionnaire, &state, quarter, today, day);
        let doubts = Vec::new();
        return Ok(Found { ground, quarter, state, lines, doubts, returns, questionnaire });
    }
    let span = (first_period_of(quarter), quarter);
    let values = values_between(tx, actor, &ground, Sight::Working, span)?;
    let doubts = doubts_of(tx, actor, &ground, &values, quarter)?;
    let units: Vec<String> = ground
        .tree
        .units()
        .iter()
        .filter(|it| matches!(it.level, Level::Commune | Level::Cercle))
        .map(|it| it.code.clone())
        .collect();
    let codes: Vec<&str> = units.iter().map(String::as_str).collect();
    let filed = filings_of(tx, &codes, (quarter, quarter))?;
    let held = questionnaire::in_force(tx, quarter)?;
    let questionnaire = &*held;
    let typed: Vec<String> = drafts_of(tx, &codes)?
        .into_iter()
        .filter(|it| questionnaire.element(it.cell.element).rhythm.period(quarter) == it.period)
        .map(|it| it.unit)
        .collect();
    let unit = |code: &str| {
        let last = filed.get(code).and_then(|it| it.last());
        let is_typed = typed.iter().any(|it| it == code);
        let progress = Progress::of(&state, &ground, code, quarter, (last.is_some(), is_typed));
        let count =
            completeness(questionnaire, &ground, &values, code, quarter).unwrap_or_default();
        let of = |severity| {
            let open = doubts.iter().filter(|it| it.alert.unit == code);
            open.filter(|it| it.alert.severity == severity && it.answer.is_none()).count()
        };
        Line {
            code: code.to_owned(),
            name: ground.name(code).to_owned(),
            href: forms_href(code, quarter, Tier::Core),
            progress,
            is_late: deadline(&ground, questionnaire, code, quarter) < today
                && last.is_none()
                && matches!(progress, Progress::Todo | Progress::Draft),
            day: last.map(|it| day(it.day)).unwrap_or_default(),
            done: count.filled + count.unknown,
            all: count.cells,
            blocking: of(Severity::Blocking),
            warning: of(Severity::Warning),
            information: of(Severity::Information),
            sent_back: doubts
                .iter()
                .filter(|it| it.alert.unit == code && it.sent_back.is_some())
                .count(),
            under: Vec::new(),
        }
    };
    let lines = match ground.level() {
        Level::Commune | Level::Cercle => units.iter().map(|it| unit(it)).collect(),
        Level::Region | Level::Nation => ground
            .closers()
            .into_iter()
            .map(|closer| {
                let under: Vec<Line> = ground.closes(closer).into_iter().map(unit).collect();
                let due = ground.due(questionnaire, closer, Act::Close, quarter);
                let due = due.unwrap_or_else(|| quarter.last_day());
                gathered(&ground, &state, closer, quarter, under, (due, today), day)
            })
            .collect(),
    };
    Ok(Found { ground, quarter, state, lines, doubts, returns, questionnaire: held })
}

/// How far the mandatory cells of the quarter are answered.
fn completeness(
    questionnaire: &Questionnaire,
    ground: &Ground,
    values: &Values,
    unit: &str,
    quarter: Quarter,
) -> Result<Completeness, Failure> {
    let at = ground.tree.place(unit).ok_or(Failure::NotFound)?;
    let level = ground.tree.units()[at].level;
    let empty = UnitValues::default();
    let held = values.of(unit).unwrap_or(&empty);
    Ok(held.mandatory(questionnaire, level, quarter))
}

/// What anybody may see: which quarters are public.
async fn public(visit: &Visit) -> Result<Response, PageFailure> {
    let today = visit.today();
    let found = visit.app.read(move |tx| {
        let mut found = Vec::new();
        for root in territory::roots(tx, today)? {
            let quarters = store::published(tx, &root.code)?;
            if !quarters.is_empty() {
                found.push((root.name, root.invented, quarters));
            }
        }
        Ok::<_, Failure>(found)
    });
    let found = found.await.map_err(|it: Failure| PageFailure::from(it))?;
    let invented = !found.is_empty() && found.iter().all(|it| it.1);
    let published = found
        .into_iter()
        .map(|(name, _, quarters)| {
            (name, quarters.into_iter().rev().map(|it| visit.language.quarter(it)).collect())
        })
        .collect();
    let chrome = visit.chrome("nav-monitoring").with_invented(invented);
    visit.page(&Public { chrome, published })
}
