//! An assessment: who was there, which level each criterion was given and why, what is done next.
//!
//! What holds follows from the *set* of entries: a saving names those that it takes the place of.

use std::collections::{BTreeMap, BTreeSet};

use kernel::Date;
use serde::{Deserialize, Serialize};

use crate::grid::Grid;

/// Who takes part, as the tool of 2004 had it: the end of keys in the catalogues.
pub const GROUPS: [&str; 4] = ["elus", "agents", "societe-civile", "services"];

/// How many of one group were there.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Group {
    /// Women.
    pub women: u32,
    /// Men.
    pub men: u32,
}

/// What was found on one criterion.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mark {
    /// The level, 1 to 4; absent if it was not discussed, or not agreed on. Never zero.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub level: Option<u8>,
    /// What shows it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub evidence: String,
}

/// An action decided.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decided {
    /// What is done.
    pub what: String,
    /// Who does it: an office, not a name.
    pub owner: String,
    /// By which day.
    pub due: Option<Date>,
}

/// What a meeting found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Content {
    /// The grid's name.
    pub grid: String,
    /// The grid's edition.
    pub edition: Date,
    /// The day of the meeting, once it is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub held: Option<Date>,
    /// Who was there, by group.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub groups: BTreeMap<String, Group>,
    /// What was found, by criterion.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub marks: BTreeMap<String, Mark>,
    /// What is done next.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub actions: Vec<Decided>,
    /// Whether the meeting agreed on it; a draft until then.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub closed: bool,
    /// Written for an example.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub invented: bool,
}

impl Content {
    /// Nothing yet, under this grid.
    pub fn blank(grid: &Grid) -> Self {
        Self {
            grid: grid.name.clone(),
            edition: grid.edition,
            held: None,
            groups: BTreeMap::new(),
            marks: BTreeMap::new(),
            actions: Vec::new(),
            closed: false,
            invented: false,
        }
    }

    /// Women and men who were there.
    pub fn participants(&self) -> Group {
        self.groups.values().fold(Group::default(), |sum, it| Group {
            women: sum.women.saturating_add(it.women),
            men: sum.men.saturating_add(it.men),
        })
    }

    /// The level of a criterion.
    pub fn level(&self, criterion: &str) -> Option<u8> {
        self.marks.get(criterion).and_then(|it| it.level)
    }
}

/// The payload of [`crate::SAVED`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Saved {
    /// The marks of earlier savings that this one takes the place of.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub replaces: Vec<String>,
    /// What was found.
    pub content: Content,
    /// When it was saved.
    pub day: Date,
}

/// The payload of [`crate::GRANTED`]. The subject is the commune.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Granted {
    /// The kind of office that may read.
    pub office: String,
    /// The place of that office.
    pub place: String,
    /// Since when.
    pub day: Date,
}

/// The payload of [`crate::UNGRANTED`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ungranted {
    /// The marks of what was granted and holds no more.
    pub granted: Vec<String>,
    /// When.
    pub day: Date,
}

/// An assessment as it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Assessment {
    /// Its identifier.
    pub id: String,
    /// The commune.
    pub commune: String,
    /// What holds.
    pub content: Content,
    /// The marks of the savings that hold: the next one takes their place.
    pub current: Vec<String>,
    /// How often it was saved.
    pub savings: usize,
}

impl Assessment {
    /// What a form that is made from it carries: which savings its reader saw.
    pub fn seen(&self) -> String {
        self.current.join(" ")
    }

    /// The assessment of these savings, in whatever order they came. Of two that did not know each
    /// other, the later day counts, then the greater mark.
    pub fn of(id: String, commune: String, savings: &[(String, Saved)]) -> Option<Self> {
        let replaced: BTreeSet<&String> =
            savings.iter().flat_map(|it| it.1.replaces.iter()).collect();
        let mut open: Vec<&(String, Saved)> =
            savings.iter().filter(|it| !replaced.contains(&it.0)).collect();
        open.sort_by(|a, b| (a.1.day, &a.0).cmp(&(b.1.day, &b.0)));
        open.dedup_by(|a, b| a.0 == b.0);
        let marks: BTreeSet<&String> = savings.iter().map(|it| &it.0).collect();
        let (_, last) = open.last()?;
        Some(Self {
            id,
            commune,
            content: last.content.clone(),
            current: open.iter().map(|it| it.0.clone()).collect(),
            savings: marks.len(),
        })
    }
}

/// How a criterion moved between two assessments.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    /// A higher level than before.
    Up,
    /// The same level.
    Same,
    /// A lower level than before.
    Down,
    /// One of the two has no level: nothing can be said.
    Unknown,
}

impl Change {
    /// The end of its keys in the catalogues.
    pub fn word(self) -> &'static str {
        match self {
            Self::Up => "up",
            Self::Same => "same",
            Self::Down => "down",
            Self::Unknown => "unknown",
        }
    }
}

/// How one criterion moved. Levels are compared criterion by criterion and never added up: a sum
/// of levels would be a score.
pub fn compare(before: Option<u8>, now: Option<u8>) -> Change {
    match (before, now) {
        (Some(before), Some(now)) if before < now => Change::Up,
        (Some(before), Some(now)) if now < before => Change::Down,
        (Some(_), Some(_)) => Change::Same,
        _ => Change::Unknown,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn saved(level: u8, replaces: &[&str], day: &str) -> Saved {
        let mut content = Content::blank(&crate::grids().unwrap()[0]);
        let mark = Mark { level: Some(level), evidence: "procès-verbaux".to_owned() };
        content.marks.insert("ORG1".to_owned(), mark);
        Saved {
            replaces: replaces.iter().map(|it| (*it).to_owned()).collect(),
            content,
            day: day.parse().unwrap(),
        }
    }

    #[test]
    fn levels_are_compared_one_by_one_and_absent_is_not_zero() {
        for (before, now, expected) in [
            (Some(1), Some(3), Change::Up),
            (Some(3), Some(1), Change::Down),
            (Some(2), Some(2), Change::Same),
            (None, Some(1), Change::Unknown),
            (Some(4), None, Change::Unknown),
        ] {
            assert_eq!(compare(before, now), expected, "{before:?} {now:?}");
        }
    }

    proptest! {
        /// The tables do not depend on the order in which savings arrive, twice or once.
        #[test]
        fn the_last_saving_holds_whatever_the_order(
            order in Just([0, 1, 2, 3, 1]).prop_shuffle(),
        ) {
            let all = [
                ("a".to_owned(), saved(1, &[], "2025-01-10")),
                ("b".to_owned(), saved(2, &["a"], "2025-01-11")),
                ("c".to_owned(), saved(3, &["b"], "2025-01-12")),
                ("d".to_owned(), saved(4, &["b"], "2025-01-12")),
            ];
            let savings: Vec<_> = order.iter().map(|it| all[*it].clone()).collect();
            let it = Assessment::of("id".to_owned(), "ML".to_owned(), &savings).unwrap();
            prop_assert_eq!(it.content.level("ORG1"), Some(4));
            prop_assert_eq!(it.current, ["c", "d"]);
            prop_assert_eq!(it.savings, 4);
        }
    }
}
