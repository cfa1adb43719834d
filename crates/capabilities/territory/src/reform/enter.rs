//! Preview, enter, undo: what a person does to the map of a country.

use std::collections::{BTreeMap, BTreeSet};

use db::Tx;
use identity::{Action, Ctx, Fact, Object};
use journal::Audience;
use kernel::{Date, Failure, Stop};

use super::refused::LONGEST;
use super::store::{Act, State, act, layers, rank_of};
use super::weave::{Content, Fate, Layer, weave};
use super::{
    LIST_LOADED, List, NewUnit, Operation, REFORM_ENTERED, REFORM_UNDONE, Reform,
    ReformRefused as Refused, Taker, Undoing,
};
use crate::lineage::Atlas;
use crate::{Level, Total, Version};

/// The mark of an act that is only looked at.
const LOOKED_AT: &str = "~";

/// What an act would change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Preview {
    /// The first day of the new map.
    pub day: Option<Date>,
    /// The units that would change, by code.
    pub changes: Vec<Changed>,
    /// The country on the eve.
    pub before: Counted,
    /// The country on that day.
    pub after: Counted,
}

/// A unit that would change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Changed {
    /// Its code.
    pub code: String,
    /// Its level.
    pub level: Level,
    /// What becomes of it.
    pub change: Change,
    /// As it was on the eve; `None` if it begins.
    pub before: Option<Version>,
    /// As it is on that day; `None` if it ends.
    pub after: Option<Version>,
}

/// What becomes of a unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Change {
    /// It begins.
    Begins,
    /// It ends.
    Ends,
    /// It takes another name.
    Renamed,
    /// It lies under another unit.
    Moves,
    /// Something else of it changes: its kind, its dates.
    Other,
}

impl Change {
    /// The end of its key in the catalogues.
    pub fn word(self) -> &'static str {
        match self {
            Self::Begins => "begins",
            Self::Ends => "ends",
            Self::Renamed => "renamed",
            Self::Moves => "moves",
            Self::Other => "other",
        }
    }
}

/// A country on one day.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Counted {
    /// How many units of each level.
    pub units: BTreeMap<Level, usize>,
    /// The sums of the communes, by year and source.
    pub totals: Vec<Total>,
}

/// What an undoing would change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Undone {
    /// The act.
    pub act: Act,
    /// What changes.
    pub preview: Preview,
}

/// Shows what a reform would change, without writing anything.
///
/// # Errors
///
/// The rule that it breaks, or a failure of the store.
pub fn preview(
    tx: &mut Tx<'_>,
    reform: &Reform,
    now_millis: i64,
) -> Result<Preview, Stop<Refused>> {
    check_text(reform)?;
    for new in new_units(&reform.operation) {
        // Its own country is asked by the rules, which know the day.
        let taken = crate::unit(tx, &new.code).map_err(Failure::from)?;
        if taken.is_some_and(|it| it.country != reform.country) {
            return Err(Stop::Refused(Refused::CodeTaken(new.code.clone())));
        }
    }
    let known = layers(tx, &reform.country).map_err(Failure::from)?;
    let (before, _) = weave(&reform.country, &known);
    let mut tried = before.clone();
    tried.apply(LOOKED_AT, reform).map_err(Stop::Refused)?;
    let mut with = known.clone();
    with.push(layer(now_millis, LOOKED_AT, Content::Reform(reform.clone())));
    looked_at(tx, &reform.country, Some(reform.day), (&known, &with))
}

/// Shows what an official list would change.
///
/// # Errors
///
/// As [`preview`].
pub(crate) fn preview_list(
    tx: &mut Tx<'_>,
    list: &List,
    now_millis: i64,
) -> Result<(Preview, Atlas, Atlas), Stop<Refused>> {
    let known = layers(tx, &list.country).map_err(Failure::from)?;
    let (before, _) = weave(&list.country, &known);
    let mut after = before.clone();
    after.apply_list(LOOKED_AT, list).map_err(Stop::Refused)?;
    let mut with = known.clone();
    with.push(layer(now_millis, LOOKED_AT, Content::List(list.clone())));
    let last = list.load.versions.iter().filter_map(|it| it.valid_from).max();
    let day = last.or(Some(Date::from_millis(now_millis)));
    let seen = looked_at(tx, &list.country, day, (&known, &with))?;
    Ok((seen, before, after))
}

fn layer(now_millis: i64, mark: &str, content: Content) -> Layer {
    Layer { rank: rank_of(now_millis, u64::MAX, mark), mark: mark.to_owned(), content }
}

/// Compares a country with one layer more.
fn looked_at(
    tx: &mut Tx<'_>,
    country: &str,
    day: Option<Date>,
    (known, with): (&[Layer], &[Layer]),
) -> Result<Preview, Stop<Refused>> {
    let (before, fates) = weave(country, known);
    let (after, then) = weave(country, with);
    let broken: Vec<&String> = fates
        .iter()
        .filter(|(mark, fate)| {
            **fate == Fate::InForce && matches!(then.get(*mark), Some(Fate::SetAside(_)))
        })
        .map(|it| it.0)
        .collect();
    if !broken.is_empty() {
        let mut titles = Vec::new();
        for mark in broken {
            titles.extend(act(tx, mark).map_err(Failure::from)?.map(|it| it.title));
        }
        return Err(Stop::Refused(Refused::WouldBreak { acts: titles.join(", ") }));
    }
    if let Some(Fate::SetAside(_)) = then.get(LOOKED_AT) {
        // It fits on its own, but not behind an act of a post whose clock runs ahead.
        return Err(Stop::Refused(Refused::WouldBreak { acts: String::new() }));
    }
    let populations = crate::read::commune_populations(tx, country).map_err(Failure::from)?;
    let far = Date::new(1, 1, 1);
    let on = day.or(far).unwrap_or(Date::from_millis(0));
    let counted = |atlas: &Atlas, on: Date| {
        let mut units = BTreeMap::new();
        for it in atlas.tree_on(on) {
            *units.entry(it.level).or_default() += 1;
        }
        Counted { units, totals: atlas.totals(&populations, country, on) }
    };
    Ok(Preview {
        day,
        changes: changes(&before, &after, on),
        before: counted(&before, day.map_or(on, |it| it.plus_days(-1))),
        after: counted(&after, on),
    })
}

/// The units whose versions differ between two states of the atlas: as they are on the eve of the
/// day before the act, and on the day after it.
fn changes(before: &Atlas, after: &Atlas, day: Date) -> Vec<Changed> {
    let eve = day.plus_days(-1);
    let codes: BTreeSet<&String> = before.versions.keys().chain(after.versions.keys()).collect();
    codes
        .into_iter()
        .filter(|it| before.versions.get(*it) != after.versions.get(*it))
        .map(|code| {
            let was = before.version_on(code, eve).or(before.version_on(code, day)).cloned();
            let is = after.version_on(code, day).cloned();
            let change = match (&was, &is) {
                (None, Some(_)) => Change::Begins,
                (Some(_), None) => Change::Ends,
                (Some(was), Some(is)) if was.parent != is.parent => Change::Moves,
                (Some(was), Some(is)) if was.unknown_parent != is.unknown_parent => Change::Moves,
                (Some(was), Some(is)) if was.name != is.name => Change::Renamed,
                _ => Change::Other,
            };
            let level = after.level(code).or(before.level(code)).unwrap_or(Level::Inconnu);
            Changed { code: code.clone(), level, change, before: was, after: is }
        })
        .collect()
}

fn new_units(operation: &Operation) -> Vec<&NewUnit> {
    match operation {
        Operation::Create { unit } => vec![unit],
        Operation::Split { parts, .. } => parts
            .iter()
            .filter_map(|it| match &it.taker {
                Taker::New(unit) => Some(unit),
                Taker::Known(_) => None,
            })
            .collect(),
        Operation::Merge { new, .. } => new.iter().collect(),
        _ => Vec::new(),
    }
}

fn check_text(reform: &Reform) -> Result<(), Stop<Refused>> {
    let text = &reform.text;
    if text.title.trim().is_empty() {
        return Err(Stop::Refused(Refused::NoText));
    }
    for (field, value) in [("texte", &text.title), ("numero", &text.number)] {
        if LONGEST < value.chars().count() || value.chars().any(char::is_control) {
            return Err(Stop::Refused(Refused::TooLong { field }));
        }
    }
    Ok(())
}

fn check_reason(reason: &str) -> Result<&str, Stop<Refused>> {
    let reason = reason.trim();
    if reason.is_empty() {
        return Err(Stop::Refused(Refused::NoReason));
    }
    if LONGEST < reason.chars().count() {
        return Err(Stop::Refused(Refused::TooLong { field: "motif" }));
    }
    Ok(reason)
}

/// Enters a reform: an entry that all posts of the country receive. Gives back its mark.
///
/// # Errors
///
/// If the actor may not change the map of the country, if the reform breaks a rule, or if the store
/// fails.
pub fn enter(
    ctx: &mut Ctx<'_, '_>,
    reform: &Reform,
    reason: &str,
) -> Result<String, Stop<Refused>> {
    ctx.authorize(Action::EditTerritory, &Object::at([&reform.country]))?;
    let reason = check_reason(reason)?;
    preview(ctx.tx, reform, ctx.now_millis)?;
    let subject = reform.operation.units().first().copied().unwrap_or_default().to_owned();
    let entry = ctx.record(Fact {
        kind: REFORM_ENTERED,
        subject: &subject,
        audience: Audience::Nomenclature,
        // The whole country: every post needs the map that its neighbours use.
        scope: &reform.country,
        reason,
        payload: reform,
    })?;
    Ok(entry.mark())
}

/// Enters an official list that was read and looked at. Gives back its mark.
///
/// # Errors
///
/// As [`enter`].
pub fn enter_list(ctx: &mut Ctx<'_, '_>, list: &List) -> Result<String, Stop<Refused>> {
    ctx.authorize(Action::EditTerritory, &Object::at([&list.country]))?;
    preview_list(ctx.tx, list, ctx.now_millis)?;
    let entry = ctx.record(Fact {
        kind: LIST_LOADED,
        subject: &list.load.source.name,
        audience: Audience::Nomenclature,
        scope: &list.country,
        reason: "",
        payload: list,
    })?;
    Ok(entry.mark())
}

/// Shows what the undoing of an act would change.
///
/// # Errors
///
/// If there is no such act in force, if others would no longer fit, or if the store fails.
pub fn preview_undo(tx: &mut Tx<'_>, mark: &str, now: i64) -> Result<Undone, Stop<Refused>> {
    let found = act(tx, mark).map_err(Failure::from)?;
    let act = found
        .filter(|it| !matches!(it.state, State::Undone { .. }))
        .ok_or(Stop::Refused(Refused::NoAct))?;
    let known = layers(tx, &act.country).map_err(Failure::from)?;
    let mut with = known.clone();
    with.push(layer(now, LOOKED_AT, Content::Undoing(mark.to_owned())));
    let preview = looked_at(tx, &act.country, act.day, (&known, &with))?;
    Ok(Undone { act, preview })
}

/// Undoes a reform or a list by another entry; both stay in the journal. Gives back the mark of the
/// act undone.
///
/// # Errors
///
/// As [`preview_undo`], if the actor may not change the map, or if no reason is written.
pub fn undo(ctx: &mut Ctx<'_, '_>, mark: &str, reason: &str) -> Result<String, Stop<Refused>> {
    let found = act(ctx.tx, mark).map_err(Failure::from)?.ok_or(Stop::Refused(Refused::NoAct))?;
    ctx.authorize(Action::EditTerritory, &Object::at([&found.country]))?;
    let reason = check_reason(reason)?;
    preview_undo(ctx.tx, mark, ctx.now_millis)?;
    ctx.record(Fact {
        kind: REFORM_UNDONE,
        subject: mark,
        audience: Audience::Nomenclature,
        scope: &found.country,
        reason,
        payload: &Undoing { country: found.country.clone(), act: mark.to_owned() },
    })?;
    Ok(mark.to_owned())
}
