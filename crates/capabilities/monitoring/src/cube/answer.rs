//! From a question to its values.

use super::figures::{Figures, Which};
use super::land::{Land, Restated};
use super::portions::{Portion, divides, join};
use super::reader::Reader;
use super::refused::Refused;
use super::side::{Added, Side};
use super::theirs::Theirs;
use super::{Ask, Map, Measure, Standing, Term, Value};
use crate::questionnaire::{Element, Gathering, Indicator, Level, OverTerritory, OverTime, Rhythm};
use crate::results::{Answer as Given, Sum};
use ::cube::{Joining, Pick, Span};
use identity::Actor;
use kernel::{Decimal, Failure, Period, Quarter, Stop};
use std::sync::Arc;

/// The most values that one question asks for.
pub const MOST_VALUES: usize = 200_000;

/// A place as it is shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shown {
    /// Its code.
    pub code: String,
    /// Its name under the map of the answer (that of the last period, if each has its own).
    pub name: String,
    /// Its level.
    pub level: Level,
}

/// The values of a question.
#[derive(Clone, Debug)]
pub struct Answer {
    /// The places, in the order asked.
    pub places: Vec<Shown>,
    /// The periods, in the order asked.
    pub periods: Vec<Period>,
    measures: usize,
    values: Vec<Value>,
}

impl Answer {
    /// The value of a measure in a place and a period, by their places in the question.
    pub fn get(&self, measure: usize, place: usize, period: usize) -> Option<&Value> {
        let (places, periods) = (self.places.len(), self.periods.len());
        if self.measures <= measure || places <= place || periods <= period {
            return None;
        }
        self.values.get((measure * places + place) * periods + period)
    }

    /// All values, in the order of [`Answer::iter`].
    pub fn values(&self) -> &[Value] {
        &self.values
    }

    /// All values: by measure, then by place, then by period, each by its place in the question.
    pub fn iter(&self) -> impl Iterator<Item = (usize, usize, usize, &Value)> {
        let (places, periods) = (self.places.len().max(1), self.periods.len().max(1));
        self.values.iter().enumerate().map(move |(at, value)| {
            (at / (places * periods), at / periods % places, at % periods, value)
        })
    }
}

/// A period under the map asked for.
pub(crate) struct Time<'a> {
    /// The quarters that are in it, those that are known.
    pub(crate) slots: Vec<u32>,
    /// How many quarters it has.
    wanted: usize,
    /// Its last quarter.
    pub(crate) last: Option<u32>,
    pub(crate) period: Period,
    /// The map under which its values were counted.
    pub(crate) counted: &'a Land,
    /// The map under which they are shown.
    pub(crate) shown: &'a Land,
    pub(super) restated: Option<Arc<Restated>>,
}

/// How a measure is read in a period.
enum Plan {
    Indicator(usize),
    Element(Read),
    Ratio { over: Vec<Read>, under: Vec<Read>, factor: u32, level: Level },
}

/// A term and the rows that hold it.
struct Read {
    term: Term,
    partial: bool,
    rows: Rows,
    /// Whether its values go to the parts of units that were divided.
    divided: bool,
}

/// The rows that are added.
pub(crate) enum Rows {
    Nothing,
    One(u32, u32),
    Many(Pick),
}

/// What a reader sees of a place in a period.
#[derive(Clone, Copy)]
pub(crate) struct Sight {
    pub(crate) which: Which,
    pub(crate) standing: Standing,
}

impl Time<'_> {
    /// The units of a place.
    pub(crate) fn span(&self, place: usize) -> &Span {
        self.restated.as_ref().map_or(&self.shown.spans[place], |it| &it.spans[place])
    }

    /// What a place takes of units that were divided in known shares, beside those of its span.
    pub(crate) fn portions(&self, place: usize) -> &[Portion] {
        let restated = self.restated.as_ref();
        restated.and_then(|it| it.portions.get(&place)).map_or(&[], Vec::as_slice)
    }

    /// Whether any place takes a part of a unit.
    pub(crate) fn has_portions(&self) -> bool {
        self.restated.as_ref().is_some_and(|it| !it.portions.is_empty())
    }

    /// How many whole units of a level answer for a place.
    pub(crate) fn expected(&self, place: usize, level: Level) -> u32 {
        match &self.restated {
            None => self.counted.count(place, level),
            Some(it) => it.counts[place][level as usize],
        }
    }

    /// The units of a level that a place shows as its own.
    fn own(&self, place: usize, level: Level) -> Vec<u32> {
        if self.restated.is_none() {
            return vec![self.shown.units[place]];
        }
        let of =
            |it: &u32| self.counted.place_of(*it).is_some_and(|it| self.counted.level(it) == level);
        self.span(place).units().filter(of).collect()
    }
}

/// For each place asked: where it stands on a map, and whether the reader may see it.
type Seen = Vec<Option<(usize, bool)>>;

impl Figures {
    /// Answers a question, as far as the reader may see. Figures that may not be shown are left out
    /// and say why.
    ///
    /// # Errors
    ///
    /// [`Refused`] if the question cannot be answered; it names the part at fault.
    pub fn answer(&self, actor: &Actor, ask: &Ask) -> Result<Answer, Stop<Refused>> {
        let count = ask.measures.len().saturating_mul(ask.places.len());
        if MOST_VALUES < count.saturating_mul(ask.periods.len()) {
            return Err(Stop::Refused(Refused::TooMany { most: MOST_VALUES }));
        }
        let times: Vec<Time<'_>> =
            ask.periods.iter().map(|it| self.time(*it, ask.map)).collect::<Result<_, _>>()?;
        let places = self.shown(&ask.places, &times)?;
        let mut values = Vec::with_capacity(count * times.len());
        // Most periods share a map: a place is looked for, and the right asked, once a map.
        let mut grounds: Vec<(usize, usize, Seen)> = Vec::new();
        let mut ground_of = Vec::with_capacity(times.len());
        for time in &times {
            let key = (time.counted.map, time.shown.map);
            let known = grounds.iter().position(|it| (it.0, it.1) == key);
            ground_of.push(known.unwrap_or_else(|| {
                let theirs = Theirs::of(actor, time);
                let found = ask.places.iter().map(|code| {
                    let place = time.shown.place(code)?;
                    Some((place, theirs.hold(time, place)))
                });
                grounds.push((key.0, key.1, found.collect()));
                grounds.len() - 1
            }));
        }
        let mut found: Vec<Option<(usize, Sight)>> =
            Vec::with_capacity(ask.places.len() * times.len());
        for at in 0..ask.places.len() {
            for (time, ground) in times.iter().zip(&ground_of) {
                let here = grounds[*ground].2[at];
                found.push(here.map(|(place, may)| (place, self.seen_as(time, place, may))));
            }
        }
        for measure in &ask.measures {
            let plans: Vec<Plan> =
                times.iter().map(|it| self.plan(measure, it, ask.partial)).collect();
            let restricted = self.is_restricted(measure);
            for at in 0..found.len() {
                let (time, plan) = (&times[at % times.len()], &plans[at % times.len()]);
                let value = match found[at] {
                    None => Value { standing: Standing::NotThere, ..Value::default() },
                    Some((place, sight)) => {
                        let asked = (ask.map, ask.partial);
                        let kept = restricted && self.is_withheld(measure, place, time, asked)?;
                        self.value(plan, (place, sight, kept), time)
                    }
                };
                values.push(value);
            }
        }
        Ok(Answer { places, periods: ask.periods.clone(), measures: ask.measures.len(), values })
    }

    fn shown(&self, codes: &[String], times: &[Time<'_>]) -> Result<Vec<Shown>, Stop<Refused>> {
        let last = times.iter().rev();
        codes
            .iter()
            .map(|code| {
                let land = last.clone().find_map(|it| Some((it.shown, it.shown.place(code)?)));
                match land {
                    Some((land, place)) => Ok(Shown {
                        code: code.clone(),
                        name: land.name(place).to_owned(),
                        level: land.level(place),
                    }),
                    None => Err(Stop::Refused(Refused::Place(code.clone()))),
                }
            })
            .collect()
    }

    /// A period under a map.
    pub(crate) fn time(&self, period: Period, map: Map) -> Result<Time<'_>, Failure> {
        let quarters: Vec<Quarter> = match period {
            Period::Quarter(it) => vec![it],
            Period::Year(year) => (1..=4).filter_map(|it| Quarter::new(year, it)).collect(),
        };
        let last = quarters.last().copied().ok_or_else(|| Failure::told("no such year"))?;
        let known = self.slots();
        let slot = |it: &Quarter| self.calendar.slot(*it).filter(|it| known.contains(it));
        let counted = self.maps.on(last.last_day())?;
        let shown = match map {
            Map::AsItWas => counted,
            Map::On(day) => self.maps.on(day)?,
        };
        let other = !std::ptr::eq(counted, shown);
        Ok(Time {
            slots: quarters.iter().filter_map(slot).collect(),
            wanted: quarters.len(),
            last: slot(&last),
            period,
            counted,
            shown,
            restated: other.then(|| self.maps.restated(counted, shown)),
        })
    }

    /// Which view of a place a reader sees in a period.
    pub(crate) fn sight(&self, actor: &Actor, time: &Time<'_>, place: usize) -> Sight {
        self.seen_as(time, place, Theirs::of(actor, time).hold(time, place))
    }

    /// The same, for a reader who may see what is not published of the place, or who may not.
    fn seen_as(&self, time: &Time<'_>, place: usize, may: bool) -> Sight {
        let top = time.shown.units[time.shown.top(place)];
        let open = time.slots.iter().filter(|it| self.open.contains(&(top, **it))).count();
        let published = 0 < open && open == time.wanted;
        if may {
            let standing = if published { Standing::Published } else { Standing::Provisional };
            return Sight { which: Which::Filed, standing };
        }
        let standing = if 0 < open { Standing::Published } else { Standing::Unpublished };
        Sight { which: Which::Published, standing }
    }

    fn value(
        &self,
        plan: &Plan,
        (place, sight, kept): (usize, Sight, bool),
        time: &Time<'_>,
    ) -> Value {
        if sight.standing == Standing::Unpublished {
            return Value { standing: Standing::Unpublished, ..Value::default() };
        }
        if kept && sight.which == Which::Published {
            return Value { standing: Standing::Withheld, ..Value::default() };
        }
        match self.read(plan, (place, sight.which), time) {
            None => Value { standing: Standing::NotThere, ..Value::default() },
            Some(it) => {
                let reserved = kept && sight.standing == Standing::Published;
                Value { standing: sight.standing, reserved, ..it }
            }
        }
    }

    /// How a measure is read in a period: found once for all places.
    fn plan(&self, measure: &Measure, time: &Time<'_>, partial: bool) -> Plan {
        let terms = measure.terms();
        let sums = |it: &Term| divides(self.questionnaire().element(it.element).over_territory);
        let divided = time.has_portions() && terms.iter().all(sums);
        let rows = |term: &Term| Read {
            term: *term,
            partial,
            rows: self.rows(*term, time, partial),
            divided,
        };
        match measure {
            Measure::Indicator(number) => Plan::Indicator(*number),
            Measure::Element(term) => Plan::Element(rows(term)),
            Measure::Ratio { over, under, factor } => {
                let terms = || over.iter().chain(under);
                let level = |it: &Term| self.questionnaire().element(it.element).level;
                Plan::Ratio {
                    over: over.iter().map(rows).collect(),
                    under: under.iter().map(rows).collect(),
                    factor: *factor,
                    level: terms().map(level).max().unwrap_or(Level::Commune),
                }
            }
        }
    }

    /// A value of one view, whoever reads it; `None` where the measure is not collected.
    pub(crate) fn seen(
        &self,
        measure: &Measure,
        (place, which): (usize, Which),
        time: &Time<'_>,
    ) -> Option<Value> {
        self.read(&self.plan(measure, time, false), (place, which), time)
    }

    fn read(&self, plan: &Plan, (place, which): (usize, Which), time: &Time<'_>) -> Option<Value> {
        let level = time.shown.level(place);
        let side = self.side(which);
        match plan {
            Plan::Indicator(number) => self.indicator(*number, (place, which), time),
            Plan::Element(read) => {
                let element = self.questionnaire().element(read.term.element);
                if level < element.level {
                    return None;
                }
                let found = self.added(read, side, (time, place));
                let value = match element.over_territory {
                    OverTerritory::Nothing => None,
                    OverTerritory::Mean if level != element.level && 0 < found.count => {
                        found.total.and_then(|it| it.checked_div(found.count.into()))
                    }
                    _ => found.total,
                };
                Some(Value {
                    value,
                    numerator: value,
                    respondents: found.count,
                    expected: time.answering(place, element.level, read.divided),
                    ..Value::default()
                })
            }
            Plan::Ratio { over, under, factor, level: lowest } => {
                if level < *lowest {
                    return None;
                }
                let all = |rows: &[Read]| {
                    let mut sum = Added::default();
                    rows.iter().for_each(|it| sum.join(self.added(it, side, (time, place))));
                    sum
                };
                let (above, below) = (all(over), all(under));
                let divided = over.iter().chain(under).any(|it| it.divided);
                let value = above.total.zip(below.total).and_then(|(above, below)| {
                    above.checked_mul((*factor).into())?.checked_div(below)
                });
                Some(Value {
                    value,
                    numerator: above.total,
                    denominator: below.total,
                    respondents: above.count.min(below.count),
                    expected: time.answering(place, *lowest, divided),
                    ..Value::default()
                })
            }
        }
    }

    /// The rows that a term adds up in a period.
    pub(crate) fn rows(&self, term: Term, time: &Time<'_>, partial: bool) -> Rows {
        let element = self.questionnaire().element(term.element);
        // Words are kept to see that they were given, and are never added.
        let slots = self.slots_of(element, time, partial).filter(|_| element.kind.is_number());
        let Some(slots) = slots else { return Rows::Nothing };
        let whole = if partial { None } else { self.layout.series_of(term) };
        let series = match whole {
            Some(series) => vec![series],
            None => self.layout.cells_of(term).unwrap_or_default(),
        };
        match (series.as_slice(), slots.as_slice()) {
            ([], _) | (_, []) => Rows::Nothing,
            ([series], [slot]) => Rows::One(*series, *slot),
            _ => {
                let joining = if partial { Joining::Present } else { Joining::Whole };
                Rows::Many(Pick { series, slots, joining })
            }
        }
    }

    fn added(&self, read: &Read, side: &Side, (time, place): (&Time<'_>, usize)) -> Added {
        let span = time.span(place);
        let mut out = match &read.rows {
            Rows::Nothing => Added::default(),
            Rows::One(series, slot) => side.sum(&self.layout, *series, *slot, span),
            Rows::Many(pick) => side.sum_many(&self.layout, pick, span),
        };
        if read.divided && !time.portions(place).is_empty() {
            out.and(self.portioned((read.term, read.partial), side, (time, place)));
        }
        out
    }

    /// The slots that a period of an element reads; `None` if one is lacking and all are wanted.
    pub(crate) fn slots_of(
        &self,
        element: &Element,
        time: &Time<'_>,
        partial: bool,
    ) -> Option<Vec<u32>> {
        let last = || time.last.map(|it| vec![it]);
        match time.period {
            Period::Quarter(quarter) if element.rhythm == Rhythm::Quarterly => {
                Some(vec![self.calendar.slot(quarter)?])
            }
            Period::Quarter(quarter) => {
                Some(vec![self.calendar.kept(element.rhythm.period(quarter))?])
            }
            Period::Year(_) if element.rhythm != Rhythm::Quarterly => {
                Some(vec![self.calendar.kept(time.period)?])
            }
            Period::Year(_) if element.over_time == OverTime::Last => last(),
            Period::Year(_) => (partial || time.slots.len() == 4).then(|| time.slots.clone()),
        }
    }

    fn indicator(
        &self,
        number: usize,
        (place, which): (usize, Which),
        time: &Time<'_>,
    ) -> Option<Value> {
        let newest = self.questionnaire().indicators().get(number)?;
        // A year reads its fourth quarter; without any return in it nobody answered.
        let slot = time.last;
        let indicator = match slot {
            Some(slot) if !Arc::ptr_eq(self.force(slot), self.questionnaire()) => {
                self.force(slot).indicator(&newest.code)?
            }
            _ => newest,
        };
        let level = time.shown.level(place);
        if level < indicator.level {
            return None;
        }
        let divided = indicator.gathering != Gathering::Counted;
        let expected = time.answering(place, indicator.level, divided);
        let Some(slot) = slot else { return Some(Value { expected, ..Value::default() }) };
        let parts = self.answers_of_portions(indicator, which, (time, place), slot);
        if level == indicator.level {
            match (time.own(place, level).as_slice(), parts.as_slice()) {
                ([unit], []) => {
                    return Some(self.own(number, indicator, (*unit, which), (time, slot)));
                }
                ([], [part]) => return Some(alone(indicator, part.numerator, part.denominator)),
                _ => {}
            }
        }
        let (layout, side, span) = (&self.layout, self.side(which), time.span(place));
        let lines = &layout.lines[number];
        let mut over = side.sum(layout, lines.over, slot, span);
        let (numerator, denominator) = if indicator.gathering == Gathering::Recomputed {
            let leaves = lines.leaves.iter().filter_map(|(leaf, series)| {
                Some((leaf.clone(), side.sum(layout, *series, slot, span).total?))
            });
            let whole = time.expected(place, indicator.level);
            let mut sum = Sum::of_leaves(leaves.collect(), over.count, whole);
            parts.iter().for_each(|it| sum.add(it));
            over.count = sum.respondents;
            let quarter = self.calendar.quarter(slot);
            sum.components(indicator, self.force(slot).parameters(), quarter)
        } else {
            let mut under = side.sum(layout, lines.under, slot, span);
            join(&mut over, &mut under, &parts);
            (over.total, under.total)
        };
        Some(Value {
            value: indicator.ratio(numerator, denominator),
            numerator,
            denominator,
            respondents: over.count,
            expected,
            ..Value::default()
        })
    }

    /// The value of a unit that answers itself.
    fn own(
        &self,
        number: usize,
        indicator: &Indicator,
        (unit, which): (u32, Which),
        (time, slot): (&Time<'_>, u32),
    ) -> Value {
        let (layout, side) = (&self.layout, self.side(which));
        let lines = &layout.lines[number];
        let added = matches!(indicator.gathering, Gathering::SumOfComponents | Gathering::Counted);
        let line = |series: u32| side.get(layout, series, slot, unit).filter(|_| added);
        let both = line(lines.over).zip(line(lines.under));
        let evaluated = || {
            let answer = Given::of(indicator, &self.reader((unit, which), (time, slot))?);
            Some((answer.numerator, answer.denominator))
        };
        let (numerator, denominator): (Option<Decimal>, Option<Decimal>) = match both {
            Some((over, under)) => (Some(over), Some(under)),
            None => evaluated().unwrap_or_default(),
        };
        alone(indicator, numerator, denominator)
    }

    /// What the formulas read in a unit of the map of a period.
    pub(crate) fn reader<'a>(
        &'a self,
        (unit, which): (u32, Which),
        (time, slot): (&'a Time<'_>, u32),
    ) -> Option<Reader<'a>> {
        Some(Reader {
            figures: self,
            side: self.side(which),
            which,
            questionnaire: self.force(slot),
            land: time.counted,
            place: time.counted.place_of(unit)?,
            unit,
            quarter: self.calendar.quarter(slot),
            slot,
            portion: None,
        })
    }
}

/// The value of one unit that answers by itself.
fn alone(indicator: &Indicator, numerator: Option<Decimal>, denominator: Option<Decimal>) -> Value {
    Value {
        value: indicator.ratio(numerator, denominator),
        numerator,
        denominator,
        respondents: (numerator.is_some() && denominator.is_some()).into(),
        expected: 1,
        ..Value::default()
    }
}
