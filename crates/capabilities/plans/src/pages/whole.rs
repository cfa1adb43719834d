//! A plan with all that its pages tell of it.

use std::collections::BTreeMap;

use db::Tx;
use identity::{Action, Actor, Object, allow};
use kernel::{Date, Failure, Id};
use territory::{Level, Place, Standing};
use web::{Chrome, PageFailure, Visit};

use super::{amount, funding, sector, state};
use crate::figures::Steps;
use crate::read::{self, object_of};
use crate::{Figures, Ground, Line, Plan, Scope, state_on};

/// A plan, its commune, its lines and their steps.
pub(super) struct Whole {
    pub(super) ground: Ground,
    pub(super) place: Place,
    pub(super) lines: Vec<Line>,
    pub(super) steps: Steps,
    /// All the plans of the commune, the latest first.
    pub(super) versions: Vec<Plan>,
    /// The levels above the commune.
    above: Vec<Level>,
    pub(super) may_edit: bool,
    pub(super) today: Date,
}

/// Whether a plan may be seen: projects are for those who work on them.
pub(super) fn is_visible(actor: &Actor, plan: &Plan, object: &Object) -> bool {
    let may = |action| allow(actor, action, object);
    plan.adoption.is_some() || may(Action::EditPlans) || may(Action::ReadUnpublished)
}

/// The plan of an address.
pub(super) async fn whole(visit: &Visit, id: Id) -> Result<Whole, PageFailure> {
    let (actor, today) = (visit.actor.clone(), visit.today());
    Ok(visit.app.read(move |tx| read_whole(tx, &actor, id, today)).await?)
}

/// The plan of an address, for those who may change it.
pub(super) async fn editable(visit: &Visit, id: Id) -> Result<Whole, PageFailure> {
    let whole = whole(visit, id).await?;
    if whole.may_edit { Ok(whole) } else { Err(PageFailure::Denied) }
}

fn read_whole(tx: &mut Tx<'_>, actor: &Actor, id: Id, today: Date) -> Result<Whole, Failure> {
    let plan = read::plan(tx, id)?.ok_or(Failure::NotFound)?;
    let object = object_of(tx, &plan.commune, today)?;
    if !is_visible(actor, &plan, &object) {
        return Err(Failure::NotFound);
    }
    let place = territory::place_near(tx, &plan.commune, today)?.ok_or(Failure::NotFound)?;
    let above = territory::chain(tx, &plan.commune, today)?.into_iter().map(|it| it.level);
    let above = above.collect();
    let mut versions = read::plans_of(tx, &plan.commune)?;
    versions.retain(|it| is_visible(actor, it, &object));
    Ok(Whole {
        lines: read::lines(tx, id)?,
        steps: read::steps(tx, id)?,
        may_edit: allow(actor, Action::EditPlans, &object),
        ground: Ground::of(tx, plan)?,
        place,
        versions,
        above,
        today,
    })
}

/// The lines of one sector.
pub(super) struct Group {
    pub(super) name: String,
    pub(super) rows: Vec<Row>,
    pub(super) figures: Figures,
}

/// A line as tables show it.
pub(super) struct Row {
    pub(super) href: String,
    pub(super) action: String,
    pub(super) objective: String,
    pub(super) place: String,
    pub(super) years: String,
    pub(super) cost: String,
    pub(super) funding: String,
    pub(super) owner: String,
    pub(super) priority: String,
    pub(super) state: (&'static str, String),
    /// That the commune holds no competence for it, with the text; empty otherwise.
    pub(super) notice: String,
}

impl Whole {
    pub(super) fn plan(&self) -> &Plan {
        &self.ground.plan
    }

    pub(super) fn href(&self) -> String {
        format!("/plans/{}", self.plan().id)
    }

    /// « 2023–2027 ».
    pub(super) fn period(&self) -> String {
        period(self.plan())
    }

    pub(super) fn chrome(&self, visit: &Visit, title: &str) -> Chrome {
        visit
            .chrome_titled(title)
            .with_invented(self.plan().invented || self.place.invented)
            .with_place(self.place.name.clone())
    }

    pub(super) fn figures(&self, scope: Scope) -> Figures {
        Figures::of(&self.lines, &self.steps, scope)
    }

    /// The lines of the plan, or of a year, sector by sector in the order of the nomenclature.
    pub(super) fn groups(&self, chrome: &Chrome, scope: Scope) -> Vec<Group> {
        let order: BTreeMap<&str, usize> =
            territory::sectors().iter().enumerate().map(|it| (it.1.code.as_str(), it.0)).collect();
        let mut sectors: BTreeMap<(usize, &str), Vec<&Line>> = BTreeMap::new();
        for it in &self.lines {
            if scope.year.is_none_or(|year| it.is_planned_in(year)) {
                let at = order.get(it.sector.as_str()).copied().unwrap_or(usize::MAX);
                sectors.entry((at, &it.sector)).or_default().push(it);
            }
        }
        sectors
            .into_iter()
            .map(|((_, code), lines)| Group {
                name: sector(chrome.language(), code),
                figures: Figures::of(lines.iter().copied(), &self.steps, scope),
                rows: lines.into_iter().map(|it| self.row(chrome, it, scope)).collect(),
            })
            .collect()
    }

    pub(super) fn row(&self, chrome: &Chrome, it: &Line, scope: Scope) -> Row {
        let steps = self.steps.get(&it.id).map_or(&[][..], Vec::as_slice);
        let cost = match scope.year {
            Some(year) => it.cost_in(year),
            None => it.cost,
        };
        Row {
            href: format!("{}/lignes/{}", self.href(), it.id),
            action: it.action.clone(),
            objective: it.objective.clone(),
            place: self.place_of(chrome, it),
            years: years(it),
            cost: amount(chrome, cost),
            funding: funding(chrome, &it.funding),
            owner: self.owner_of(chrome, it),
            priority: it.priority.map(|it| it.to_string()).unwrap_or_default(),
            state: state(chrome, state_on(steps, scope.day)),
            notice: self.notice(chrome, it),
        }
    }

    pub(super) fn place_of(&self, chrome: &Chrome, it: &Line) -> String {
        match &it.village {
            Some(code) => self.ground.village(code).unwrap_or(code).to_owned(),
            None => chrome.t("plans-whole-commune"),
        }
    }

    pub(super) fn owner_of(&self, chrome: &Chrome, it: &Line) -> String {
        match it.owner {
            Some(id) => self.ground.owner(id).map_or_else(|| id.to_string(), str::to_owned),
            None => chrome.t("plans-the-commune"),
        }
    }

    /// What a text says against a line, on the first day of its first year: the commune may plan it
    /// nonetheless, and is told who holds the competence.
    pub(super) fn notice(&self, chrome: &Chrome, it: &Line) -> String {
        let first = it.years.first().and_then(|it| i16::try_from(it.year).ok());
        let Some(day) = first.and_then(|it| Date::new(it, 1, 1)) else { return String::new() };
        let long = |day: Date| chrome.language().long_date(day);
        match territory::standing(&it.sector, self.place.level, &self.above, day) {
            Standing::NotYet(it) => chrome.tell(
                &kernel::Message::new("plans-notice-not-yet")
                    .with("text", &it.text)
                    .with("of", long(it.text_day))
                    .with("day", long(it.from)),
            ),
            Standing::Above(it) => chrome.tell(
                &kernel::Message::new("plans-notice-above")
                    .with("level", chrome.t(&format!("plans-held-by-{}", it.level)))
                    .with("text", &it.text)
                    .with("of", long(it.text_day)),
            ),
            Standing::Held(_) | Standing::Unknown => String::new(),
        }
    }
}

/// « 2024, 2026 », « 2024–2026 ».
pub(super) fn years(it: &Line) -> String {
    let years: Vec<i64> = it.years.iter().map(|it| it.year).collect();
    match years.as_slice() {
        [first, .., last] if 2 < years.len() && last - first + 1 == years.len() as i64 => {
            format!("{first}–{last}")
        }
        _ => years.iter().map(ToString::to_string).collect::<Vec<_>>().join(", "),
    }
}

/// « 2023–2027 ».
pub(super) fn period(it: &Plan) -> String {
    if it.first == it.last { it.first.to_string() } else { format!("{}–{}", it.first, it.last) }
}
