//! The units under one unit, at one date.

use crate::questionnaire::Level;
use kernel::{Message, Reject};
use std::collections::BTreeMap;

/// A unit of a [`Tree`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unit {
    /// Its code.
    pub code: String,
    /// Its level.
    pub level: Level,
    /// The unit above it, by its place in the tree.
    pub parent: Option<usize>,
    // The place after its last descendant.
    end: usize,
}

/// Units numbered so that those under a unit follow it without a gap: a walk over a cercle is a
/// walk over a slice.
#[derive(Clone, Debug, Default)]
pub struct Tree {
    units: Vec<Unit>,
    places: BTreeMap<String, usize>,
}

/// The units given do not make a tree.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TreeError {
    /// A code comes twice.
    #[error("the unit {0:?} comes twice")]
    Twice(String),
    /// The unit above is not given.
    #[error("the unit {unit:?} is under {parent:?}, which is not given")]
    NoParent {
        /// The unit.
        unit: String,
        /// The unit above.
        parent: String,
    },
    /// A unit is under one of its own level, or of a lower one. That excludes circles too.
    #[error("the unit {unit:?} cannot be under {parent:?}")]
    NotAbove {
        /// The unit.
        unit: String,
        /// The unit above.
        parent: String,
    },
}

impl Reject for TreeError {
    fn message(&self) -> Message {
        match self {
            Self::Twice(unit) => Message::new("oise-tree-twice").with("unit", unit),
            Self::NoParent { unit, parent } => {
                Message::new("oise-tree-no-parent").with("unit", unit).with("parent", parent)
            }
            Self::NotAbove { unit, parent } => {
                Message::new("oise-tree-not-above").with("unit", unit).with("parent", parent)
            }
        }
    }
}

impl Tree {
    /// The tree of these units: code, level, code of the unit above. Units may come in any order;
    /// those under the same unit keep theirs. A level may be skipped: the communes of Bamako are
    /// under their district without a cercle.
    ///
    /// # Errors
    ///
    /// If they do not make a tree.
    pub fn new<'a>(
        units: impl IntoIterator<Item = (&'a str, Level, Option<&'a str>)>,
    ) -> Result<Self, TreeError> {
        let given: Vec<_> = units.into_iter().collect();
        let mut levels = BTreeMap::new();
        for (code, level, _) in &given {
            if levels.insert(*code, *level).is_some() {
                return Err(TreeError::Twice((*code).to_owned()));
            }
        }
        let mut below: BTreeMap<Option<&str>, Vec<(&str, Level)>> = BTreeMap::new();
        for (code, level, parent) in &given {
            if let Some(parent) = parent {
                let told = || ((*code).to_owned(), (*parent).to_owned());
                let Some(above) = levels.get(parent) else {
                    let (unit, parent) = told();
                    return Err(TreeError::NoParent { unit, parent });
                };
                if above <= level {
                    let (unit, parent) = told();
                    return Err(TreeError::NotAbove { unit, parent });
                }
            }
            below.entry(*parent).or_default().push((code, *level));
        }
        let mut tree = Self::default();
        tree.plant(None, None, &below);
        Ok(tree)
    }

    // As deep as there are levels, since each unit is under a higher one.
    fn plant(
        &mut self,
        code: Option<&str>,
        parent: Option<usize>,
        below: &BTreeMap<Option<&str>, Vec<(&str, Level)>>,
    ) {
        for (child, level) in below.get(&code).into_iter().flatten() {
            let place = self.units.len();
            self.places.insert((*child).to_owned(), place);
            let code = (*child).to_owned();
            self.units.push(Unit { code, level: *level, parent, end: 0 });
            self.plant(Some(child), Some(place), below);
            self.units[place].end = self.units.len();
        }
    }

    /// The units, each before those under it.
    pub fn units(&self) -> &[Unit] {
        &self.units
    }

    /// The place of the unit of this code.
    pub fn place(&self, code: &str) -> Option<usize> {
        self.places.get(code).copied()
    }

    /// The places of a unit and of those under it; nothing if there is no such place.
    pub fn under(&self, place: usize) -> std::ops::Range<usize> {
        place..self.units.get(place).map_or(place, |it| it.end)
    }

    /// The places of the units of a level, among a unit and those under it.
    pub fn at_level(&self, place: usize, level: Level) -> impl Iterator<Item = usize> {
        self.under(place).filter(move |it| self.units[*it].level == level)
    }

    /// The places of the units above a unit, the nearest first.
    pub fn above(&self, place: usize) -> impl Iterator<Item = usize> {
        let parent = |it: usize| self.units.get(it).and_then(|it| it.parent);
        std::iter::successors(parent(place), move |it| parent(*it))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn those_under_a_unit_follow_it() {
        let tree = Tree::new([
            ("Commune I", Level::Commune, Some("Bamako")),
            ("Kati", Level::Cercle, Some("Koulikoro")),
            ("Mali", Level::Nation, None),
            ("Koulikoro", Level::Region, Some("Mali")),
            ("Bamako", Level::Region, Some("Mali")),
            ("Kambila", Level::Commune, Some("Kati")),
            ("Safo", Level::Commune, Some("Kati")),
        ])
        .unwrap();
        let codes = |places: Vec<usize>| -> Vec<&str> {
            places.into_iter().map(|it| tree.units()[it].code.as_str()).collect()
        };
        let kati = tree.place("Kati").unwrap();
        assert_eq!(codes(tree.at_level(kati, Level::Commune).collect()), ["Kambila", "Safo"]);
        assert_eq!(codes(tree.above(kati).collect()), ["Koulikoro", "Mali"]);
        let mali = tree.place("Mali").unwrap();
        assert_eq!(tree.at_level(mali, Level::Commune).count(), 3);
        assert_eq!(tree.under(mali).len(), 7);
    }

    #[test]
    fn what_is_not_a_tree_is_refused() {
        for (units, expected) in [
            (vec![("A", Level::Commune, None), ("A", Level::Commune, None)], "oise-tree-twice"),
            (vec![("A", Level::Commune, Some("B"))], "oise-tree-no-parent"),
            (
                vec![("A", Level::Cercle, Some("B")), ("B", Level::Cercle, Some("A"))],
                "oise-tree-not-above",
            ),
        ] {
            assert_eq!(Tree::new(units).unwrap_err().message().key, expected);
        }
    }
}
