//! The map of a country from all that is known of it, in one order.

use std::collections::{BTreeMap, BTreeSet};

use kernel::{Message, Reject};

use super::{List, Reform};
use crate::lineage::Atlas;
use crate::{Unit, Version};

/// One thing known of the map of a country.
#[derive(Clone, Debug)]
pub(crate) struct Layer {
    /// Its place in the order: shipped lines first, then acts as they were written.
    pub(crate) rank: String,
    /// The mark of the entry.
    pub(crate) mark: String,
    pub(crate) content: Content,
}

/// What a layer holds.
#[derive(Clone, Debug)]
pub(crate) enum Content {
    /// Lines that ship with the program.
    Lines(Vec<Unit>, Vec<Version>),
    /// A reform.
    Reform(Reform),
    /// An official list.
    List(List),
    /// The undoing of the act of this mark.
    Undoing(String),
}

/// What became of an act.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Fate {
    /// It made the map.
    InForce,
    /// It no longer fits: a person decides.
    SetAside(Message),
    /// A later act undid it: the mark of that act.
    Undone(String),
}

/// The maps of a country, and what became of each act, by mark.
pub(crate) fn weave(country: &str, layers: &[Layer]) -> (Atlas, BTreeMap<String, Fate>) {
    let mut layers: Vec<&Layer> = layers.iter().collect();
    layers.sort_by(|a, b| (&a.rank, &a.mark).cmp(&(&b.rank, &b.mark)));
    let mut undone: BTreeMap<&str, &str> = BTreeMap::new();
    for it in &layers {
        if let Content::Undoing(act) = &it.content {
            // The first undoing counts; another says nothing more.
            undone.entry(act).or_insert(&it.mark);
        }
    }
    let mut atlas = Atlas { country: country.to_owned(), ..Atlas::default() };
    let mut fates = BTreeMap::new();
    for it in layers {
        let mut tried = None;
        match &it.content {
            Content::Lines(units, versions) => lay(&mut atlas, units, versions),
            Content::Undoing(_) => continue,
            Content::Reform(_) | Content::List(_) if undone.contains_key(it.mark.as_str()) => {
                let by = undone.get(it.mark.as_str()).map_or("", |it| it);
                fates.insert(it.mark.clone(), Fate::Undone(by.to_owned()));
            }
            Content::Reform(reform) => {
                let mut next = atlas.clone();
                tried = Some(next.apply(&it.mark, reform).map(|()| next));
            }
            Content::List(list) => {
                let mut next = atlas.clone();
                tried = Some(next.apply_list(&it.mark, list).map(|()| next));
            }
        }
        match tried {
            None => {}
            Some(Ok(next)) => {
                atlas = next;
                fates.insert(it.mark.clone(), Fate::InForce);
            }
            Some(Err(refused)) => {
                fates.insert(it.mark.clone(), Fate::SetAside(refused.message()));
            }
        }
    }
    // Figures pass from day to day; within a day the order of the acts counts.
    atlas.events.sort_by_key(|it| it.day);
    (atlas, fates)
}

/// As the tables take lines that ship: a line of the same unit and first day takes the place of
/// the one before.
fn lay(atlas: &mut Atlas, units: &[Unit], versions: &[Version]) {
    for it in units {
        let mut unit = it.clone();
        let known = atlas.units.get(&it.code).map(|it| it.aliases.clone()).unwrap_or_default();
        let aliases: BTreeSet<String> = known.into_iter().chain(unit.aliases).collect();
        unit.aliases = aliases.into_iter().collect();
        atlas.units.insert(it.code.clone(), unit);
    }
    for it in versions {
        let known = atlas.versions.entry(it.code.clone()).or_default();
        match known.iter_mut().find(|line| line.valid_from == it.valid_from) {
            Some(line) => *line = it.clone(),
            None => known.push(it.clone()),
        }
        known.sort_by_key(|it| it.valid_from);
    }
}
