//! The page of the plan of the circuit: who takes which step by when, and its change by the nation,
//! looked at before it is written.

use super::plan::{Act, Demand, Plan, Step, plan};
use super::replan::{Moved, Replan, Replanning, is_free};
use super::{Refused, first_open, ground_of, plans_set, preview_replan, replan};
use crate::analysis;
use crate::questionnaire::{self, Level};
use crate::store::Ground;
use askama::Template;
use axum::extract::Query;
use axum::response::{IntoResponse, Redirect, Response};
use identity::Action;
use kernel::{Date, Failure, Quarter, Reject, Stop};
use serde::Deserialize;
use web::{Access, Chrome, Form, PageFailure, Routes, Visit};

/// The address of the plan.
pub(crate) const HREF: &str = "/suivi/plan";
/// The quarters from which a change may hold.
const AHEAD: i32 = 8;
/// The units that a change names before it only counts them.
const NAMED: usize = 8;

pub(super) fn routes() -> Routes {
    Routes::new().get(HREF, Access::Needs(Action::ReadUnpublished), show).post(
        HREF,
        Access::SignedIn,
        act,
    )
}

/// A row as the page shows it.
struct Line {
    number: usize,
    act: String,
    within: String,
    takes: String,
    office: String,
    days: String,
    from: String,
    /// The icon and the key of the word on whether it holds.
    state: (&'static str, &'static str),
    may_remove: bool,
}

/// What a change does, in words.
struct Told {
    act: String,
    before: String,
    after: String,
    count: usize,
    names: String,
}

/// A plan that was set.
struct Set {
    day: String,
    number: i64,
    who: String,
    reason: String,
}

#[derive(Template)]
#[template(path = "circuit/plan.html")]
struct View {
    chrome: Chrome,
    country: String,
    lines: Vec<Line>,
    questions: Demand,
    sets: Vec<Set>,
    may_edit: bool,
    quarters: Vec<(String, String, bool)>,
    typed: Fields,
    /// What the change that is typed would do; nothing before it was looked at.
    seen: Option<(String, Vec<Told>)>,
    refusal: Option<(&'static str, String)>,
    is_done: bool,
}

impl View {
    fn error(&self, field: &str) -> String {
        self.refusal.iter().filter(|it| it.0 == field).map(|it| it.1.clone()).collect()
    }

    fn acts(&self) -> Vec<(&'static str, String, bool)> {
        let act = |it: Act| {
            let word = it.word();
            (word, self.chrome.t(&format!("plan-act-{word}")), self.typed.etape == word)
        };
        Act::ALL.map(act).to_vec()
    }

    fn demands(&self) -> Vec<(&'static str, String, bool)> {
        let now = match self.typed.questions.as_str() {
            "" => self.questions.word(),
            typed => typed,
        };
        let demand = |it: Demand| {
            let word = it.word();
            (word, self.chrome.t(&format!("plan-questions-{word}")), now == word)
        };
        Demand::ALL.map(demand).to_vec()
    }
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
struct Fields {
    /// `ajouter`, `retirer` or `questions`.
    genre: String,
    etape: String,
    depuis: String,
    dans: String,
    delai: String,
    direct: String,
    chez: String,
    ligne: usize,
    questions: String,
    motif: String,
    faire: String,
    fait: String,
}

impl Fields {
    fn change(&self) -> Result<Option<Replan>, Refused> {
        Ok(match self.genre.as_str() {
            "ajouter" => Some(Replan::Add(self.step()?)),
            "retirer" => Some(Replan::Remove(self.ligne)),
            "questions" => {
                let demand = Demand::ALL.into_iter().find(|it| it.word() == self.questions);
                demand.map(Replan::Questions)
            }
            _ => None,
        })
    }

    fn step(&self) -> Result<Step, Refused> {
        let act: Act = self.etape.parse().unwrap_or(Act::Close);
        let is_direct = self.direct == "oui";
        if is_direct && act != Act::Close {
            return Err(Refused::PlanDirect);
        }
        let levels: &[Level] = match act {
            Act::File => &[Level::Commune, Level::Cercle],
            Act::Close if is_direct => &[Level::Region],
            Act::Close => &[Level::Cercle, Level::Region],
            Act::Validate => &[Level::Region],
            Act::Publish => &[Level::Nation],
        };
        Ok(Step {
            from: self.depuis.trim().to_owned(),
            within: self.dans.trim().to_uppercase(),
            act,
            levels: levels.iter().map(|it| it.word().to_owned()).collect(),
            office: act.offices().first().map(|it| it.word().to_owned()).unwrap_or_default(),
            delay: self.delai.trim().to_owned(),
            to: self.chez.trim().to_uppercase(),
        })
    }
}

struct Read {
    ground: Ground,
    plan: Plan,
    days: Vec<i32>,
    first: Quarter,
    sets: Vec<(String, super::CircuitSet)>,
    seen: Option<Replanning>,
}

async fn view(
    visit: &Visit,
    typed: Fields,
    change: Option<Replan>,
    refusal: Option<Refused>,
) -> Result<View, PageFailure> {
    let (actor, today) = (visit.actor.clone(), visit.today());
    let read = visit.app.read(move |tx| {
        let place = analysis::home(tx, &actor, today)?.ok_or(Failure::NotFound)?;
        let nation = analysis::root_of(tx, &place)?.ok_or(Failure::NotFound)?;
        let ground = ground_of(tx, &nation, Quarter::of(today))?;
        let plan = plan(tx, &nation)?;
        let questionnaire = questionnaire::in_force(tx, Quarter::of(today))?;
        let days = plan.steps.iter().map(|it| it.days(&questionnaire)).collect();
        let first = first_open(tx, &nation, today)?;
        let mut sets = Vec::new();
        for (set, person) in plans_set(tx, &nation)? {
            let name = super::words::person(tx, &person)?;
            sets.push((super::words::who(&name, &set.office), set));
        }
        let seen = match &change {
            Some(change) => match preview_replan(tx, &nation, change, today) {
                Ok(seen) => Some(seen),
                Err(Stop::Refused(_)) => None,
                Err(Stop::Failed(it)) => return Err(it),
            },
            None => None,
        };
        Ok::<_, Failure>(Read { ground, plan, days, first, sets, seen })
    });
    let read = read.await.map_err(|it: Failure| PageFailure::from(it))?;
    let say = |key: &str| visit.app.catalogue().say(visit.language, key, &[]);
    let may_edit = visit.may(Action::EditCircuit, &read.ground.object(read.ground.place()));
    let now = Quarter::of(visit.today());
    let lines = (0..)
        .zip(&read.plan.steps)
        .map(|(number, it)| line(visit, &read, number, it, now, may_edit))
        .collect();
    let chosen = typed.depuis.clone();
    let quarters = (0..AHEAD)
        .map(|it| read.first.plus(it))
        .map(|it| (it.to_string(), visit.language.quarter(it), it.to_string() == chosen))
        .collect();
    let sets = read
        .sets
        .iter()
        .map(|(who, it)| Set {
            day: visit.language.short_date(it.day),
            number: it.number,
            who: who.clone(),
            reason: it.reason.clone(),
        })
        .collect();
    let refusal = refusal.map(|it| (field_of(&it), visit.app.tell(visit.language, &it.message())));
    let country = read.ground.name(read.ground.place()).to_owned();
    Ok(View {
        chrome: visit
            .chrome_titled(say("plan-title"))
            .with_place(country.clone())
            .with_invented(read.ground.invented),
        seen: read.seen.as_ref().map(|it| told(visit, it)),
        country,
        lines,
        questions: read.plan.questions,
        sets,
        may_edit,
        quarters,
        is_done: !typed.fait.is_empty(),
        typed,
        refusal,
    })
}

fn line(
    visit: &Visit,
    read: &Read,
    number: usize,
    it: &Step,
    now: Quarter,
    may_edit: bool,
) -> Line {
    let say = |key: &str| visit.app.catalogue().say(visit.language, key, &[]);
    let ground = &read.ground;
    let first = it.first();
    let later = |other: &&Step| {
        other.act == it.act
            && other.within == it.within
            && first < other.first()
            && other.first().is_none_or(|it| it <= now)
    };
    let state = match first {
        Some(first) if now < first => ("todo", "plan-state-later"),
        _ if read.plan.steps.iter().any(|other| later(&other)) => ("stopped", "plan-state-before"),
        _ => ("done", "plan-state-now"),
    };
    Line {
        number,
        act: say(&format!("plan-act-{}", it.act.word())),
        within: match it.within.as_str() {
            "" => say("plan-everywhere"),
            code => format!("{} ({code})", ground.name(code)),
        },
        takes: match it.to.as_str() {
            "" => {
                let names = it.levels.iter().map(|it| say(&format!("plan-level-{it}")));
                names.collect::<Vec<_>>().join(&say("plan-or"))
            }
            code => format!("{} ({code})", ground.name(code)),
        },
        office: say(&format!("office-{}", it.office)),
        days: read.days.get(number).map(ToString::to_string).unwrap_or_default(),
        from: first.map_or_else(|| say("plan-always"), |it| visit.language.short_quarter(it)),
        state,
        may_remove: may_edit && is_free(it, read.first),
    }
}

/// The field of the form that a refusal is about.
fn field_of(refused: &Refused) -> &'static str {
    match refused {
        Refused::PlanQuarter { .. } => "depuis",
        Refused::PlanDelay { .. } => "delai",
        Refused::PlanTo | Refused::PlanOffice(_) => "chez",
        Refused::PlanPlace(_) => "dans",
        Refused::PlanDirect => "direct-oui",
        Refused::NoReason | Refused::LongReason => "motif",
        _ => "etape",
    }
}

fn told(visit: &Visit, seen: &Replanning) -> (String, Vec<Told>) {
    let catalogue = visit.app.catalogue();
    let title = match seen.from {
        None => catalogue.say(visit.language, "plan-seen-questions", &[]),
        Some(from) => {
            let units: usize = seen.moved.iter().map(|it| it.units.len()).sum();
            let given = [("quarter", visit.language.quarter(from)), ("count", units.to_string())];
            catalogue.say(visit.language, "plan-seen", &given)
        }
    };
    let one = |it: &Moved| {
        let part = |it: &super::Taken| {
            let day = it.due.map(|it: Date| visit.language.short_date(it));
            let place = it.place.as_ref().map(|it| seen.ground.name(it).to_owned());
            let parts: Vec<String> = place.into_iter().chain(day).collect();
            match parts.is_empty() {
                true => catalogue.say(visit.language, "plan-nobody", &[]),
                false => parts.join(", "),
            }
        };
        let names: Vec<&str> = it.units.iter().take(NAMED).map(|it| seen.ground.name(it)).collect();
        let more = if NAMED < it.units.len() { "…" } else { "" };
        Told {
            act: catalogue.say(visit.language, &format!("plan-act-{}", it.act.word()), &[]),
            before: part(&it.before),
            after: part(&it.after),
            count: it.units.len(),
            names: format!("{}{more}", names.join(", ")),
        }
    };
    (title, seen.moved.iter().map(one).collect())
}

async fn show(visit: Visit, Query(typed): Query<Fields>) -> Result<Response, PageFailure> {
    // A link may look at taking a row out; nothing is written by it.
    let change = (typed.genre == "retirer").then_some(Replan::Remove(typed.ligne));
    visit.page(&view(&visit, typed, change, None).await?)
}

async fn act(visit: Visit, Form(typed): Form<Fields>) -> Result<Response, PageFailure> {
    let change = match typed.change() {
        Ok(Some(change)) => change,
        Ok(None) => return Err(PageFailure::NotFound),
        Err(rule) => return visit.correct(&view(&visit, typed, None, Some(rule)).await?),
    };
    let (asked, fields) = (change.clone(), typed.clone());
    let done = visit
        .app
        .write(&visit.actor, move |ctx| {
            let today = ctx.today();
            let place = analysis::home(ctx.tx, ctx.actor, today)?.ok_or(Failure::NotFound)?;
            let nation = analysis::root_of(ctx.tx, &place)?.ok_or(Failure::NotFound)?;
            if fields.faire == "ecrire" {
                replan(ctx, &nation, &asked, &fields.motif)?;
                return Ok(true);
            }
            let ground = ground_of(ctx.tx, &nation, Quarter::of(today))?;
            ctx.authorize(Action::EditCircuit, &ground.object(&nation))?;
            preview_replan(ctx.tx, &nation, &asked, today)?;
            Ok(false)
        })
        .await;
    match done {
        Ok(true) => Ok(Redirect::to(&format!("{HREF}?fait=oui")).into_response()),
        Ok(false) => visit.page(&view(&visit, typed, Some(change), None).await?),
        Err(Stop::Refused(rule)) => {
            // The preview stays above the reason that is missing.
            let is_reason = matches!(rule, Refused::NoReason | Refused::LongReason);
            let change = is_reason.then_some(change);
            visit.correct(&view(&visit, typed, change, Some(rule)).await?)
        }
        Err(Stop::Failed(failure)) => Err(failure.into()),
    }
}
