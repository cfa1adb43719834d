//! Results under another map than that of their quarter: each value passes to the units of that
//! map with the lineage of the reforms, and what no unit can take stands under the unit that holds
//! all those concerned, so that totals are the same under every map.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use db::Tx;
use identity::{Action, Actor, Object, allow};
use kernel::{Date, Decimal, Failure, Period, Quarter};
use territory::{Atlas, Passage, Restated};

use crate::aggregation::{Data, Tree};
use crate::cube::{self, Map};
use crate::questionnaire::{self, CellId, Gathering, Level, OverTerritory};
use crate::store::{self, Ground, View};
use crate::values::{Value, Values};

use super::consolidated::{QUARTERS_READ, land};
use super::{Computed, Figure, Say};

/// The map under which figures are asked for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Carte {
    /// That of the last day of each quarter: `epoque`.
    #[default]
    OfThePeriod,
    /// That of today: `actuelle`.
    Today,
    /// That of a day.
    On(Date),
}

impl Carte {
    /// Reads `epoque`, `actuelle` or a day; `None` if it is none of them. `alors` and `aujourdhui`,
    /// which programs wrote before, are still understood.
    pub fn read(text: &str) -> Option<Self> {
        match text {
            "" | "epoque" | "alors" => Some(Self::OfThePeriod),
            "actuelle" | "aujourdhui" => Some(Self::Today),
            day => day.parse().ok().map(Self::On),
        }
    }

    /// The day whose map is asked for; `None` for that of each quarter.
    pub fn day(self, today: Date) -> Option<Date> {
        match self {
            Self::OfThePeriod => None,
            Self::Today => Some(today),
            Self::On(day) => Some(day),
        }
    }

    /// As an address writes it; nothing for the usual one.
    pub fn text(self) -> String {
        match self {
            Self::OfThePeriod => String::new(),
            Self::Today => "actuelle".to_owned(),
            Self::On(day) => day.to_string(),
        }
    }
}

/// How the figures of a quarter came under another map.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rule {
    /// The first day of the map; `None` if it is the oldest known.
    pub since: Option<Date>,
    /// How many communes lie under another unit than in the quarter.
    pub moved: usize,
    /// How many units of the quarter were divided, joined or ended since, or did not exist yet.
    pub passed: usize,
    /// How many of them have values that no unit of their level takes.
    pub held: usize,
}

/// The sentences that must stand under figures read under another map; nothing else.
pub(crate) fn told(say: &Say<'_>, asked: Carte, rule: Option<&Rule>) -> String {
    let Some(rule) = rule else {
        return if asked == Carte::OfThePeriod { String::new() } else { say.t("carte-rule-same") };
    };
    let moved = ("moved", rule.moved.to_string());
    let mut out = match rule.since {
        Some(day) => say.with("carte-rule", &[("day", say.language.long_date(day)), moved]),
        None => say.with("carte-rule-oldest", &[moved]),
    };
    if 0 < rule.passed {
        out.push(' ');
        out.push_str(&say.with("carte-passed", &[("count", rule.passed.to_string())]));
    }
    if 0 < rule.held {
        out.push(' ');
        out.push_str(&say.t("carte-held"));
    }
    out
}

/// The day by which a map is kept: its first one, so that all the days of one map are one. `None`
/// if it is the map of the quarter itself.
///
/// # Errors
///
/// If the store fails.
pub(crate) fn other_map(
    tx: &mut Tx<'_>,
    root: &str,
    quarter: Quarter,
    day: Option<Date>,
) -> Result<Option<Date>, Failure> {
    let Some(day) = day else { return Ok(None) };
    let atlas = Atlas::read(tx, root)?;
    let (asked, own) = (atlas.map_of(day), atlas.map_of(quarter.last_day()));
    Ok(if asked == own { None } else { asked.and_then(|it| it.day()) })
}

/// The results of a country for a quarter under the map of another day. `None` if the country is
/// not in the circuit.
///
/// # Errors
///
/// If the store fails.
pub(crate) fn compute(
    tx: &mut Tx<'_>,
    root: &str,
    quarter: Quarter,
    view: View,
    day: Date,
) -> Result<Option<(Computed, Rule)>, Failure> {
    let atlas = Atlas::read(tx, root)?;
    let Some(now) = store::ground(tx, root, day)? else { return Ok(None) };
    let Some(then) = store::ground(tx, root, quarter.last_day())? else { return Ok(None) };
    let questionnaire = questionnaire::in_force(tx, quarter)?;
    let actor = Actor::program();
    let mut values = Values::default();
    let mut passages: BTreeMap<Date, Passage> = BTreeMap::new();
    let from = quarter.plus(1 - QUARTERS_READ);
    // A quarter is read under its own map: its units may bear other codes than those of the next.
    let mut first = from;
    while first <= quarter {
        let own = atlas.map_of(first.last_day());
        let mut last = first;
        while last < quarter && atlas.map_of(last.plus(1).last_day()) == own {
            last = last.plus(1);
        }
        let ground = match store::ground(tx, root, last.last_day())? {
            Some(it) => it,
            None => then.clone(),
        };
        let read = store::values_between(tx, &actor, &ground, view, (first, last))?;
        add(&mut values, &read);
        first = last.plus(1);
    }
    let mut move_of = |period: Period| {
        let on = last_day(period, quarter);
        passages.entry(on).or_insert_with(|| atlas.passage(on, day)).clone()
    };
    let mut land = land(&now, territory::outlines(tx)?);
    let restated = restate(&questionnaire, &values, &mut move_of, &now, &atlas, quarter, day);
    if !restated.apart.is_empty() {
        land.tree = with_apart(&now, &restated.apart).map_err(Failure::broken)?;
        // The note under the table explains the mark, in the language of the reader.
        for it in &restated.apart {
            let name = crate::questionnaire::french(atlas.name(&it.from, quarter.last_day()));
            land.names.insert(it.code.clone(), format!("{name} (?)"));
        }
    }
    let returns = store::returns(tx, &actor, &then, view, quarter)?;
    let returns = returns.into_iter().filter(|it| land.tree.place(&it.0).is_some()).collect();
    let passage = move_of(Period::Quarter(quarter));
    let rule = Rule {
        since: atlas.map_of(day).and_then(|it| it.from),
        moved: atlas
            .moved(quarter.last_day(), day)
            .iter()
            .filter(|it| it.level == territory::Level::Commune)
            .count(),
        passed: passage.changed().count(),
        held: restated.apart.iter().map(|it| &it.from).collect::<BTreeSet<_>>().len(),
    };
    let land = Arc::new(land);
    let data = Data {
        questionnaire: &questionnaire,
        tree: &land.tree,
        values: &restated.values,
        returns: &returns,
    };
    let mut computed = Computed::new(&data, &questionnaire, Arc::clone(&land), quarter);
    expect(tx, &mut computed, quarter, day)?;
    Ok(Some((computed, rule)))
}

/// Those who were to answer are the units of the quarter, as in the figures held in memory: not
/// those of the other map, of which some did not exist then.
fn expect(
    tx: &mut Tx<'_>,
    computed: &mut Computed,
    quarter: Quarter,
    day: Date,
) -> Result<(), Failure> {
    let figures = cube::figures(tx)?;
    let time = figures.time(Period::Quarter(quarter), Map::On(day))?;
    let questionnaire = Arc::clone(computed.questionnaire());
    let land = Arc::clone(&computed.land);
    for unit in land.tree.units() {
        let Some(place) = time.shown.place(&unit.code) else { continue };
        for (number, indicator) in questionnaire.indicators().iter().enumerate() {
            let Some(found) = computed.figure(number, &unit.code) else { continue };
            let divided = indicator.gathering != Gathering::Counted;
            let expected = time.answering(place, indicator.level, divided).max(found.respondents);
            if expected != found.expected {
                computed.set(number, &unit.code, Some(Figure { expected, ..found }));
            }
        }
    }
    Ok(())
}

fn add(values: &mut Values, more: &Values) {
    for unit in more.units() {
        for (period, cell, value) in more.of(unit).into_iter().flat_map(|it| it.all()) {
            values.set(unit, period, cell, value.clone());
        }
    }
}

/// The day whose map holds the values of a period: its last one, and never after the quarter read.
fn last_day(period: Period, quarter: Quarter) -> Date {
    let last = match period {
        Period::Quarter(it) => it.last_day(),
        Period::Year(year) => Quarter::new(year, 4).map_or(quarter.last_day(), Quarter::last_day),
    };
    last.min(quarter.last_day())
}

/// A line of the tree for what no unit could take.
struct Apart {
    code: String,
    /// The unit that was counted.
    from: String,
    level: Level,
    /// The unit under which it stands.
    under: String,
}

struct Passed {
    values: Values,
    apart: Vec<Apart>,
}

fn restate(
    questionnaire: &questionnaire::Questionnaire,
    values: &Values,
    passage_of: &mut dyn FnMut(Period) -> Passage,
    now: &Ground,
    atlas: &Atlas,
    quarter: Quarter,
    day: Date,
) -> Passed {
    let mut out = Passed { values: Values::default(), apart: Vec::new() };
    let mut cells: BTreeMap<(Period, CellId), BTreeMap<String, Value>> = BTreeMap::new();
    for unit in values.units() {
        for (period, cell, value) in values.of(unit).into_iter().flat_map(|it| it.all()) {
            cells.entry((period, cell)).or_default().insert(unit.to_owned(), value.clone());
        }
    }
    let mut known: BTreeMap<Date, Passage> = BTreeMap::new();
    for ((period, cell), given) in cells {
        let on = last_day(period, quarter);
        let passage = known.entry(on).or_insert_with(|| passage_of(period));
        let adds = questionnaire.element(cell.element).over_territory == OverTerritory::Sum;
        // Whole numbers of the last decimal that any unit wrote.
        let scale = given.values().filter_map(Value::number).map(|it| it.normalize().scale()).max();
        let scale = scale.unwrap_or(0);
        let mut whole: BTreeMap<String, i64> = BTreeMap::new();
        for (unit, value) in &given {
            match fixed(value, scale).filter(|_| adds) {
                Some(amount) => {
                    whole.insert(unit.clone(), amount);
                }
                None => keep(&mut out, passage, (unit, value), (period, cell), now, atlas, day),
            }
        }
        let Restated { values: amounts, held } = passage.restate(&whole);
        for (unit, amount) in amounts {
            let value = Value::Number(Decimal::new(amount, scale));
            // A number says more than « ne sait pas » of a part.
            out.values.set(&unit, period, cell, value);
        }
        for it in held {
            let code = out.stand_apart(&it.at, &it.from, now, atlas, day);
            let before = out.values.get(&code, period, cell).and_then(Value::number);
            let sum = before.unwrap_or(Decimal::ZERO) + Decimal::new(it.value, scale);
            out.values.set(&code, period, cell, Value::Number(sum));
        }
    }
    out
}

/// A number as whole units of its last decimal; `None` if it is no number, or too large.
fn fixed(value: &Value, scale: u32) -> Option<i64> {
    let mut number = value.number()?;
    number.rescale(scale);
    i64::try_from(number.mantissa()).ok()
}

/// An answer that is no sum follows a unit that goes on alone; else it stands apart.
fn keep(
    out: &mut Passed,
    passage: &Passage,
    (unit, value): (&str, &Value),
    (period, cell): (Period, CellId),
    now: &Ground,
    atlas: &Atlas,
    day: Date,
) {
    let moved = passage.restate_whole(&BTreeMap::from([(unit.to_owned(), 0)]));
    let code = match (moved.values.keys().next(), moved.held.first()) {
        (Some(code), _) => code.clone(),
        (None, Some(held)) => out.stand_apart(&held.at, &held.from, now, atlas, day),
        (None, None) => return,
    };
    if out.values.get(&code, period, cell).is_none() {
        out.values.set(&code, period, cell, value.clone());
    }
}

impl Passed {
    /// The line that keeps what came from a unit under another; made at its first use.
    fn stand_apart(
        &mut self,
        at: &str,
        from: &str,
        now: &Ground,
        atlas: &Atlas,
        day: Date,
    ) -> String {
        let code = format!("~{from}.{at}");
        if self.apart.iter().any(|it| it.code == code) {
            return code;
        }
        let level = match atlas.level(from) {
            Some(territory::Level::Cercle | territory::Level::Departement) => Level::Cercle,
            Some(territory::Level::Region | territory::Level::District) => Level::Region,
            Some(territory::Level::Pays) => Level::Nation,
            _ => Level::Commune,
        };
        // The nearest unit of the circuit that is above this level.
        let path = atlas.path(at, day);
        let fits = |it: &&&str| {
            let place = now.tree.place(it);
            place.is_some_and(|it| level < now.tree.units()[it].level)
        };
        let under = path.iter().find(fits).map_or(now.place(), |it| *it).to_owned();
        self.apart.push(Apart { code: code.clone(), from: from.to_owned(), level, under });
        code
    }
}

fn with_apart(now: &Ground, apart: &[Apart]) -> Result<Tree, crate::aggregation::TreeError> {
    let units = now.tree.units();
    let given = units.iter().map(|it| {
        let parent = it.parent.map(|at| units[at].code.as_str());
        (it.code.as_str(), it.level, parent)
    });
    let more = apart.iter().map(|it| (it.code.as_str(), it.level, Some(it.under.as_str())));
    Tree::new(given.chain(more))
}

/// Whether the actor may see the unpublished values of a place under another map: only if each
/// unit under it was in the actor's charge in the quarter itself, and none of them took values of
/// another.
///
/// # Errors
///
/// If the store fails.
pub(crate) fn entitled(
    tx: &mut Tx<'_>,
    actor: &Actor,
    root: &str,
    place: &str,
    (quarter, day): (Quarter, Date),
) -> Result<bool, Failure> {
    if !actor.is_signed_in() && !actor.is_program() {
        return Ok(false);
    }
    let may = |path: Vec<&str>| allow(actor, Action::ReadUnpublished, &Object::at(path));
    if may(vec![root]) {
        return Ok(true);
    }
    let atlas = Atlas::read(tx, root)?;
    let on = quarter.last_day();
    let passed: BTreeSet<String> = atlas
        .passage(on, day)
        .changed()
        .flat_map(|it| it.1.iter().map(|it| it.code.clone()))
        .collect();
    let below = territory::subtree(tx, place, day)?;
    Ok(!below.is_empty()
        && may(atlas.path(place, day))
        && below.iter().all(|(code, _)| {
            !passed.contains(code) && atlas.is_alive(code, on) && may(atlas.path(code, on))
        }))
}
