//! What a place takes of units that a reform divided in known shares, when figures are shown under
//! another map than their own: each value is apportioned as the reference does it, cell by cell and
//! without losing a unit. Only what may be added is divided; all else stays with the nearest place
//! that holds all the parts, which keeps the whole unit, as those above it do.

use super::Term;
use super::answer::Time;
use super::figures::{Figures, Which};
use super::layout::Layout;
use super::reader::Reader;
use super::side::{Added, Side, decimal};
use crate::aggregation::Tree;
use crate::questionnaire::{Gathering, Indicator, Level, OverTerritory};
use crate::results::{Answer, Contribution};
use ::cube::Span;
use kernel::Decimal;
use std::collections::BTreeMap;
use std::sync::Arc;
use territory::{Part, Share, apportion, sum_to_whole};

/// By place, what it takes of divided units. Empty for most pairs of maps.
pub(crate) type Portions = BTreeMap<usize, Vec<Portion>>;

/// What a place takes of a divided unit.
#[derive(Debug)]
pub(crate) struct Portion {
    pub(crate) unit: u32,
    level: Level,
    shares: Arc<[Share]>,
    /// Which of the shares go to the place.
    taken: Vec<usize>,
    /// All the units of the country: values are divided at the last decimal that any of them wrote.
    country: Arc<Span>,
}

/// Notes what the places under `whole`, which keeps the whole unit, take of its parts.
pub(crate) fn divide(
    out: &mut Portions,
    tree: &Tree,
    (unit, level, country): (u32, Level, &Arc<Span>),
    parts: &[Part],
    (places, whole): (&[usize], usize),
) {
    let shares: Arc<[Share]> = parts.iter().map(|it| it.share).collect();
    if parts.len() < 2 || !sum_to_whole(&shares) {
        return;
    }
    let mut takers: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (part, place) in places.iter().enumerate() {
        let path = std::iter::once(*place).chain(tree.above(*place));
        for it in path.take_while(|it| *it != whole) {
            takers.entry(it).or_default().push(part);
        }
    }
    for (place, taken) in takers {
        let (shares, country) = (Arc::clone(&shares), Arc::clone(country));
        out.entry(place).or_default().push(Portion { unit, level, shares, taken, country });
    }
}

/// Whether values of an element are divided.
pub(crate) fn divides(it: OverTerritory) -> bool {
    it == OverTerritory::Sum
}

impl Portion {
    /// Of the value of a series, which must be a sum; `None` if there is none, or if it is too
    /// large to be divided.
    pub(crate) fn of(
        &self,
        side: &Side,
        layout: &Layout,
        (series, slot): (u32, u32),
    ) -> Option<Decimal> {
        let mut value = side.get(layout, series, slot, self.unit)?;
        let scale = side.finest(layout, (series, slot), &self.country);
        value.rescale(scale);
        let amounts = apportion(i64::try_from(value.mantissa()).ok()?, &self.shares)?;
        let sum = self.taken.iter().map(|it| i128::from(amounts[*it])).sum();
        decimal(sum, u8::try_from(scale).ok()?)
    }
}

impl Added {
    /// Adds a sum over other units.
    pub(crate) fn and(&mut self, other: Self) {
        let count = self.count + other.count;
        self.join(other);
        self.count = count;
    }

    /// Adds the value of another unit.
    fn one_more(&mut self, value: Option<Decimal>) {
        self.and(Self { total: value, count: 1 });
    }
}

impl Time<'_> {
    /// How many units of a level answer for a place: whole ones and, if what is asked is divided,
    /// those that give it a part.
    pub(crate) fn answering(&self, place: usize, level: Level, divided: bool) -> u32 {
        let parts = self.portions(place).iter().filter(|it| divided && it.level == level).count();
        self.expected(place, level) + u32::try_from(parts).unwrap_or(u32::MAX)
    }
}

impl Figures {
    /// What a place takes of a term of divided units.
    pub(crate) fn portioned(
        &self,
        (term, partial): (Term, bool),
        side: &Side,
        (time, place): (&Time<'_>, usize),
    ) -> Added {
        let mut out = Added::default();
        let element = self.questionnaire().element(term.element);
        let slots = self.slots_of(element, time, partial).filter(|_| element.kind.is_number());
        let (Some(slots), Some(cells)) = (slots, self.layout.cells_of(term)) else { return out };
        let whole = if partial { None } else { self.layout.series_of(term) };
        for portion in time.portions(place) {
            let mut found = Vec::with_capacity(slots.len());
            for slot in &slots {
                match whole {
                    Some(whole) => found.push(self.cells_of(portion, side, (&cells, whole), *slot)),
                    None => {
                        let each = cells.iter().map(|it| (*it, *slot));
                        found.extend(each.map(|it| portion.of(side, &self.layout, it)));
                    }
                }
            }
            let there = found.iter().flatten().count();
            if 0 < there && (partial || there == found.len()) {
                out.one_more(sum(found.into_iter().flatten()));
            }
        }
        out
    }

    /// Cells that are read together: each is divided by itself, as they are kept.
    fn cells_of(
        &self,
        portion: &Portion,
        side: &Side,
        (cells, whole): (&[u32], u32),
        slot: u32,
    ) -> Option<Decimal> {
        let layout = &self.layout;
        let all = side.get(layout, whole, slot, portion.unit)?;
        let given = cells.iter().filter_map(|it| side.get(layout, *it, slot, portion.unit));
        if sum(given) == Some(all) {
            return sum(cells.iter().filter_map(|it| portion.of(side, layout, (*it, slot))));
        }
        portion.of(side, layout, (whole, slot))
    }

    /// What each divided unit gives to an indicator of a place, its values being the parts that the
    /// place takes. What the program counts itself is no sum and stays with the whole units.
    pub(crate) fn answers_of_portions(
        &self,
        indicator: &Indicator,
        which: Which,
        (time, place): (&Time<'_>, usize),
        slot: u32,
    ) -> Vec<Answer> {
        if indicator.gathering == Gathering::Counted {
            return Vec::new();
        }
        let portions = time.portions(place).iter().filter(|it| it.level == indicator.level);
        let answer = |portion: &Portion| {
            let whole = self.reader((portion.unit, which), (time, slot))?;
            Some(Answer::of(indicator, &Reader { portion: Some(portion), ..whole }))
        };
        portions.filter_map(answer).collect()
    }
}

/// Adds what divided units give to both sides of an indicator.
pub(crate) fn join(over: &mut Added, under: &mut Added, answers: &[Answer]) {
    for it in answers {
        if let Some(Contribution::Components(above, below)) = &it.contribution {
            over.one_more(Some(*above));
            under.one_more(Some(*below));
        }
    }
}

fn sum(values: impl Iterator<Item = Decimal>) -> Option<Decimal> {
    let mut values = values.peekable();
    values.peek()?;
    values.try_fold(Decimal::ZERO, |sum, it| sum.checked_add(it))
}
