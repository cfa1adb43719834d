//! Sums by group of communes and by sector.

use super::figures::{Figures, Which};
use super::land::{Land, labelled};
use super::rank::place_of;
use super::refused::Refused;
use super::side::decimal;
use super::{Map, Standing};
use crate::questionnaire::{Label, Level};
use ::cube::Labelled;
use identity::Actor;
use kernel::{Date, Decimal, Period, Quarter, Stop};
use std::sync::Arc;

/// How communes are grouped.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Grouping {
    /// By what the territory says of their kind: `urbaine`, `rurale`.
    Kind,
    /// By the place of a level that holds them.
    Place(Level),
}

/// A sum of a group.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Grouped {
    /// The word of the kind, or the code of the place; empty for those that have none.
    pub group: String,
    /// The sector of the elements.
    pub sector: Arc<Label>,
    /// Their unit: what is counted in different units is never added.
    pub unit: Arc<Label>,
    /// The period, by its place in the question.
    pub period: usize,
    /// The sum; `None` if nothing is in it, or if it is beyond what a decimal holds.
    pub total: Option<Decimal>,
    /// How many cells are in it.
    pub cells: u64,
    /// How it stands.
    pub standing: Standing,
}

impl Figures {
    /// The sums of the cells of all elements that are collected each quarter by communes and that
    /// may be added, by period, then by sector and unit, then by group. Cells that are missing are
    /// left out, and the cells that are there are counted. Groups are those of the last day of each
    /// period.
    ///
    /// # Errors
    ///
    /// [`Refused::Place`] if the place does not exist then.
    pub fn groups(
        &self,
        actor: &Actor,
        place: &str,
        periods: &[Period],
        grouping: Grouping,
    ) -> Result<Vec<Grouped>, Stop<Refused>> {
        let mut out = Vec::new();
        for (number, period) in periods.iter().enumerate() {
            let time = self.time(*period, Map::AsItWas)?;
            let here = place_of(&time, place)?;
            let sight = self.sight(actor, &time, here);
            if sight.standing == Standing::Unpublished {
                continue;
            }
            let side = self.side(sight.which);
            let sectors = self.layout.sectors(sight.which == Which::Published);
            let day = self.day_of(*period);
            let grouped = self.grouped((time.counted, here), grouping, day);
            let (groups, units) = grouped.map_err(Stop::Refused)?;
            let (series, units) = (&sectors.series, Labelled::new(units));
            let sums = side.cube.roll_up(series, &units, &time.slots, time.span(here));
            let by_slot = series.groups() * units.groups();
            for (kind, (sector, unit, scale)) in sectors.kinds.iter().enumerate() {
                for (group, code) in groups.iter().enumerate() {
                    let mut sum = ::cube::Sum::default();
                    for slot in 0..time.slots.len() {
                        let at = slot * by_slot + kind * units.groups() + group;
                        sum.add(sums.get(at).copied().unwrap_or_default());
                    }
                    if sum.count == 0 {
                        continue;
                    }
                    out.push(Grouped {
                        group: code.clone(),
                        sector: Arc::clone(sector),
                        unit: Arc::clone(unit),
                        period: number,
                        total: decimal(sum.total, *scale),
                        cells: sum.count,
                        standing: sight.standing,
                    });
                }
            }
        }
        Ok(out)
    }

    fn day_of(&self, period: Period) -> Date {
        let last = match period {
            Period::Quarter(it) => Some(it),
            Period::Year(year) => Quarter::new(year, 4),
        };
        last.unwrap_or(self.calendar.first).last_day()
    }

    /// The groups under a place, and that of each unit.
    fn grouped(
        &self,
        (land, here): (&Land, usize),
        grouping: Grouping,
        day: Date,
    ) -> Result<(Vec<String>, Vec<u8>), Refused> {
        let many = || Refused::TooMany { most: usize::from(Labelled::NONE) };
        let Grouping::Place(level) = grouping else {
            let kinds = self.maps.kinds(land, day).ok_or_else(many)?;
            return Ok((*kinds).clone());
        };
        let all = land.tree.units();
        let named = land.tree.at_level(here, Level::Commune).map(|place| {
            let mut path = std::iter::once(place).chain(land.tree.above(place));
            let at = path.find(|it| land.level(*it) == level);
            (land.units[place], at.map_or("", |it| all[it].code.as_str()))
        });
        labelled(self.maps.codes().len(), named).ok_or_else(many)
    }
}
