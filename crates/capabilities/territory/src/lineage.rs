//! All the maps of one country over time, and the passage of figures from one map to another.
//!
//! A reform leaves three traces: versions (where a unit lies, from one day to another), and, where
//! units were divided or joined, edges from the units of before to those of after with the share
//! that each takes. [`Passage`] follows them in either direction. What no key divides is kept by
//! the nearest unit that holds all those concerned, and is said: totals are equal to the last unit.

mod passage;
mod people;
mod share;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};

use db::{DbError, Tx};
use kernel::Date;
use serde::{Deserialize, Serialize};

use crate::{Level, Unit, Version};

pub use passage::{Held, Part, Passage, Restated, Why};
pub use share::{NotAShare, Share, apportion, sum_to_whole};

/// What passes from a unit to another on the day of a reform.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Edge {
    /// The unit of the eve.
    pub from: String,
    /// The unit of that day; the same one for the part that it keeps.
    pub to: String,
    /// The part of `from` that goes to `to`; `None` if nobody knows it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub share: Option<Share>,
    /// The part of `to` that came from `from`, to read later figures under the map of before;
    /// `None` if nobody knows it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub back: Option<Share>,
}

/// The edges of one reform, on one day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    /// The first day of the new map.
    pub day: Date,
    /// What says so: the mark of a reform, or the name of a list.
    pub act: String,
    /// The edges.
    pub edges: Vec<Edge>,
}

/// A map of the country: how it is from one day to the eve of another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Map {
    /// The first day; `None` for the oldest map known.
    pub from: Option<Date>,
    /// The first day of the next map; `None` for the last one.
    pub until: Option<Date>,
    /// The texts that made it, where a reform names them.
    pub title: String,
    /// How many units begin, end, move or change their name on its first day.
    pub changes: usize,
}

impl Map {
    /// A day on which this map is in force: its first one, or the eve of the next.
    pub fn day(&self) -> Option<Date> {
        self.from.or_else(|| self.until.map(|it| it.plus_days(-1)))
    }
}

/// A unit in the tree of a day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Node {
    /// Its code.
    pub code: String,
    /// Its name that day.
    pub name: String,
    /// Its level.
    pub level: Level,
    /// The place, in the same list, of the unit above; `None` for the country.
    pub parent: Option<usize>,
    /// No source gives the unit above: it is only where it was last known.
    pub unknown_parent: bool,
}

/// A unit that two maps attach otherwise.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Moved {
    /// The unit.
    pub code: String,
    /// Its level.
    pub level: Level,
    /// The unit above it under the first map.
    pub before: Option<String>,
    /// The unit above it under the second.
    pub after: Option<String>,
}

/// All the maps of one country.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Atlas {
    /// The code of the country, which is the top of its tree.
    pub country: String,
    pub(crate) units: BTreeMap<String, Unit>,
    // Of each unit, oldest first; they do not overlap.
    pub(crate) versions: BTreeMap<String, Vec<Version>>,
    pub(crate) events: Vec<Event>,
    pub(crate) titles: BTreeMap<Date, String>,
}

/// The maps of a country, oldest first.
///
/// # Errors
///
/// If the store fails.
pub fn maps(tx: &mut Tx<'_>, country: &str) -> Result<Vec<Map>, DbError> {
    Ok(Atlas::read(tx, country)?.maps())
}

impl Atlas {
    /// Reads all the maps of a country, by its code: `ML`.
    ///
    /// # Errors
    ///
    /// If the store fails.
    pub fn read(tx: &mut Tx<'_>, country: &str) -> Result<Self, DbError> {
        let mut atlas = Self { country: country.to_owned(), ..Self::default() };
        for row in tx.query(include_str!("../sql/atlas_units.sql"), &[country.into()])? {
            let unit = crate::read::bare_unit(&row)?;
            atlas.units.insert(unit.code.clone(), unit);
        }
        for row in tx.query(include_str!("../sql/atlas_versions.sql"), &[country.into()])? {
            let it = crate::read::version(&row)?;
            atlas.versions.entry(it.code.clone()).or_default().push(it);
        }
        for row in tx.query(include_str!("../sql/atlas_lineage.sql"), &[country.into()])? {
            let day: Date = row.parse("day")?;
            let act = row.text("act")?.to_owned();
            let edge = Edge {
                from: row.text("from_code")?.to_owned(),
                to: row.text("to_code")?.to_owned(),
                share: row.opt_parse("share")?,
                back: row.opt_parse("back")?,
            };
            match atlas.events.last_mut() {
                Some(it) if it.act == act && it.day == day => it.edges.push(edge),
                _ => atlas.events.push(Event { day, act, edges: vec![edge] }),
            }
        }
        for row in tx.query(include_str!("../sql/atlas_titles.sql"), &[country.into()])? {
            let (day, title) = (row.parse("day")?, row.text("title")?);
            let titles = atlas.titles.entry(day).or_default();
            if !titles.split(" ; ").any(|it| it == title) {
                if !titles.is_empty() {
                    titles.push_str(" ; ");
                }
                titles.push_str(title);
            }
        }
        Ok(atlas)
    }

    /// The level of a unit.
    pub fn level(&self, code: &str) -> Option<Level> {
        self.units.get(code).map(|it| it.level)
    }

    /// What the sources say of the kind of a unit on a day: `urbaine`, `rurale`.
    pub fn kind(&self, code: &str, day: Date) -> Option<&str> {
        let then = self.version_on(code, day).and_then(|it| it.kind.as_deref());
        then.or_else(|| self.units.get(code).and_then(|it| it.kind.as_deref()))
    }

    /// The unit as it is on a day.
    pub fn version_on(&self, code: &str, day: Date) -> Option<&Version> {
        self.versions.get(code)?.iter().find(|it| it.holds_on(day))
    }

    /// Whether the unit exists on a day.
    pub fn is_alive(&self, code: &str, day: Date) -> bool {
        self.version_on(code, day).is_some()
    }

    /// The name of a unit on a day, or the last one known before or after; its code if it has none.
    pub fn name<'a>(&'a self, code: &'a str, day: Date) -> &'a str {
        let near = || {
            let all = self.versions.get(code)?;
            all.iter().rev().find(|it| it.valid_from.is_none_or(|it| it <= day)).or(all.first())
        };
        self.version_on(code, day).or_else(near).map_or(code, |it| it.name.as_str())
    }

    /// The codes from a unit up to its country on a day, the unit itself first; nothing if it does
    /// not exist that day.
    pub fn path(&self, code: &str, day: Date) -> Vec<&str> {
        let mut out: Vec<&str> = Vec::new();
        let mut at = self.version_on(code, day);
        while let Some(version) = at {
            if out.contains(&version.code.as_str()) {
                break;
            }
            out.push(&version.code);
            at = version.parent.as_deref().and_then(|it| self.version_on(it, day));
        }
        out
    }

    /// The codes of the units directly under another on a day, in their order.
    pub fn children(&self, code: &str, day: Date) -> Vec<&str> {
        let below = |it: &&Version| it.parent.as_deref() == Some(code) && it.holds_on(day);
        self.versions.values().flatten().filter(below).map(|it| it.code.as_str()).collect()
    }

    /// The country and all that lies under it on a day: each unit before those under it, and those
    /// under the same unit in the order of their codes. Nothing if the country is not known that
    /// day.
    pub fn tree_on(&self, day: Date) -> Vec<Node> {
        let mut below: BTreeMap<&str, Vec<&Version>> = BTreeMap::new();
        for it in self.versions.values().flatten().filter(|it| it.holds_on(day)) {
            if let Some(parent) = it.parent.as_deref() {
                below.entry(parent).or_default().push(it);
            }
        }
        let mut out: Vec<Node> = Vec::new();
        let mut waiting: Vec<(&Version, Option<usize>)> =
            self.version_on(&self.country, day).map(|it| (it, None)).into_iter().collect();
        let mut seen: BTreeSet<&str> = BTreeSet::new();
        while let Some((version, parent)) = waiting.pop() {
            // Damaged data could hold a circle; a unit has one place.
            if !seen.insert(&version.code) {
                continue;
            }
            let Some(level) = self.level(&version.code) else { continue };
            let place = out.len();
            out.push(Node {
                code: version.code.clone(),
                name: version.name.clone(),
                level,
                parent,
                unknown_parent: version.unknown_parent,
            });
            let children = below.get(version.code.as_str()).into_iter().flatten().rev();
            waiting.extend(children.map(|it| (*it, Some(place))));
        }
        out
    }

    /// The maps, oldest first: a new one on each day on which a unit begins, ends, moves or changes
    /// its name.
    pub fn maps(&self) -> Vec<Map> {
        let mut days: BTreeMap<Date, BTreeSet<&str>> = BTreeMap::new();
        for it in self.versions.values().flatten() {
            for day in [it.valid_from, it.valid_to].into_iter().flatten() {
                days.entry(day).or_default().insert(&it.code);
            }
        }
        let starts: Vec<Date> = days.keys().copied().collect();
        let title = |day: Date| self.titles.get(&day).cloned().unwrap_or_default();
        let oldest =
            Map { from: None, until: starts.first().copied(), title: String::new(), changes: 0 };
        let later = days.iter().enumerate().map(|(at, (day, units))| Map {
            from: Some(*day),
            until: starts.get(at + 1).copied(),
            title: title(*day),
            changes: units.len(),
        });
        std::iter::once(oldest).chain(later).collect()
    }

    /// The map in force on a day.
    pub fn map_of(&self, day: Date) -> Option<Map> {
        self.maps().into_iter().rfind(|it| it.from.is_none_or(|it| it <= day))
    }

    /// The units that exist on both days and lie under another unit on the second, by code.
    pub fn moved(&self, from: Date, to: Date) -> Vec<Moved> {
        let mut out = Vec::new();
        for code in self.versions.keys() {
            let (Some(before), Some(after)) =
                (self.version_on(code, from), self.version_on(code, to))
            else {
                continue;
            };
            let Some(level) = self.level(code) else { continue };
            if before.parent != after.parent {
                out.push(Moved {
                    code: code.clone(),
                    level,
                    before: before.parent.clone(),
                    after: after.parent.clone(),
                });
            }
        }
        out
    }

    /// The reforms that divided or joined units, in their order.
    pub fn events(&self) -> &[Event] {
        &self.events
    }

    /// How figures counted under the map of one day read under the map of another.
    pub fn passage(&self, from: Date, to: Date) -> Passage {
        Passage::new(self, from, to)
    }

    /// The nearest unit that holds all these on a day, one of them included; the country if some
    /// of them do not exist.
    pub(crate) fn nearest_above(&self, codes: &[&str], day: Date) -> String {
        let mut paths = codes.iter().map(|it| self.path(it, day));
        let Some(first) = paths.next() else { return self.country.clone() };
        let others: Vec<Vec<&str>> = paths.collect();
        first
            .into_iter()
            .find(|it| others.iter().all(|path| path.contains(it)))
            .map_or_else(|| self.country.clone(), str::to_owned)
    }
}
