//! Sums by group of communes and by sector.

use super::figures::{Figures, Which};
use super::land::Land;
use super::rank::place_of;
use super::refused::Refused;
use super::side::decimal;
use super::{Map, Standing};
use crate::questionnaire::{Label, Level, OverTerritory, Rhythm};
use ::cube::Labelled;
use identity::Actor;
use kernel::{Date, Decimal, Period, Quarter, Stop};

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
    pub sector: Label,
    /// Their unit: what is counted in different units is never added.
    pub unit: Label,
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
        let questionnaire = self.questionnaire();
        let mut out = Vec::new();
        for (number, period) in periods.iter().enumerate() {
            let time = self.time(*period, Map::AsItWas)?;
            let here = place_of(&time, place)?;
            let sight = self.sight(actor, &time, here);
            if sight.standing == Standing::Unpublished {
                continue;
            }
            let side = self.side(sight.which);
            // One number for each sector, unit and scale.
            let mut kinds: Vec<(&Label, &Label, u8)> = Vec::new();
            let mut labels = vec![Labelled::NONE; self.layout.series() as usize];
            for (element, it) in (0..).zip(questionnaire.elements()) {
                let public = sight.which == Which::Published && it.restricted;
                let added =
                    matches!(it.over_territory, OverTerritory::Sum | OverTerritory::CountYes);
                let taken = it.rhythm == Rhythm::Quarterly && it.level == Level::Commune;
                if public || !added || !taken || !it.kind.is_number() {
                    continue;
                }
                for series in self.layout.cells(element) {
                    let kind = (&it.sector, &it.unit, self.layout.scale(*series));
                    let at = kinds.iter().position(|it| *it == kind).unwrap_or_else(|| {
                        kinds.push(kind);
                        kinds.len() - 1
                    });
                    labels[*series as usize] = u8::try_from(at).unwrap_or(Labelled::NONE);
                }
            }
            let day = self.day_of(*period);
            let grouped = self.grouped((time.counted, here), grouping, day);
            let (groups, units) = grouped.map_err(Stop::Refused)?;
            let (series, units) = (Labelled::new(labels), Labelled::new(units));
            let sums = side.cube.roll_up(&series, &units, &time.slots, time.span(here));
            let by_slot = series.groups() * units.groups();
            for (kind, (sector, unit, scale)) in kinds.iter().enumerate() {
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
                        sector: (*sector).clone(),
                        unit: (*unit).clone(),
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
        let all = land.tree.units();
        let mut groups: Vec<String> = Vec::new();
        let mut labels = vec![Labelled::NONE; self.maps.codes().len()];
        for place in land.tree.at_level(here, Level::Commune) {
            let code = &all[place].code;
            let group = match grouping {
                Grouping::Kind => self.maps.kind(code, day).unwrap_or_default().to_owned(),
                Grouping::Place(level) => std::iter::once(place)
                    .chain(land.tree.above(place))
                    .find(|it| land.level(*it) == level)
                    .map(|it| all[it].code.clone())
                    .unwrap_or_default(),
            };
            let at = groups.iter().position(|it| *it == group).unwrap_or_else(|| {
                groups.push(group);
                groups.len() - 1
            });
            let label = u8::try_from(at).ok().filter(|it| *it != Labelled::NONE);
            let most = usize::from(Labelled::NONE);
            labels[land.units[place] as usize] = label.ok_or(Refused::TooMany { most })?;
        }
        Ok((groups, labels))
    }
}
