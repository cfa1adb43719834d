//! Grids: what is gone through. Shipped data, dated, with their source.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use kernel::{Date, Language};
use serde::Deserialize;

/// The levels of each criterion.
pub const LEVELS: usize = 4;

const SHIPPED: &[&str] = &[include_str!("../../../../reference/assessments/cinq-domaines.json")];

static GRIDS: LazyLock<Result<Vec<Grid>, GridError>> =
    LazyLock::new(|| SHIPPED.iter().map(|it| read(it)).collect());

/// A text in both languages.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Told {
    /// In French.
    pub fr: String,
    /// In English.
    pub en: String,
}

impl Told {
    /// The text in a language.
    pub fn say(&self, language: Language) -> &str {
        match language {
            Language::French => &self.fr,
            Language::English => &self.en,
        }
    }
}

/// A grid.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Grid {
    /// Its name in addresses.
    #[serde(rename = "grid")]
    pub name: String,
    /// Since when it is so.
    pub edition: Date,
    /// Its title.
    pub title: Told,
    /// Where it comes from, and what of it is ours.
    pub source: Told,
    /// Its domains, in the order of the meeting.
    pub domains: Vec<Domain>,
}

/// A domain.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Domain {
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: Told,
    /// Its criteria.
    pub criteria: Vec<Criterion>,
}

/// A criterion with its described levels, from the weakest.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Criterion {
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: Told,
    /// What each level looks like, from 1 to 4.
    pub levels: Vec<Told>,
}

/// A grid that cannot be used. A test reads all that are shipped.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum GridError {
    /// It is no grid.
    #[error("a grid cannot be read: {0}")]
    Unreadable(String),
    /// A criterion has too few or too many levels.
    #[error("criterion {0} has not {LEVELS} levels")]
    Levels(String),
    /// A code is there twice.
    #[error("code {0} is there twice")]
    Twice(String),
}

impl Grid {
    /// All the criteria, in the order of the meeting.
    pub fn criteria(&self) -> impl Iterator<Item = &Criterion> {
        self.domains.iter().flat_map(|it| &it.criteria)
    }

    /// The criterion of this code.
    pub fn criterion(&self, code: &str) -> Option<&Criterion> {
        self.criteria().find(|it| it.code == code)
    }
}

fn read(text: &str) -> Result<Grid, GridError> {
    let grid: Grid =
        serde_json::from_str(text).map_err(|error| GridError::Unreadable(error.to_string()))?;
    let mut seen = BTreeSet::new();
    for it in grid.criteria() {
        if it.levels.len() != LEVELS {
            return Err(GridError::Levels(it.code.clone()));
        }
        if !seen.insert(it.code.as_str()) {
            return Err(GridError::Twice(it.code.clone()));
        }
    }
    Ok(grid)
}

/// The grids that the program ships.
///
/// # Errors
///
/// If one of them cannot be used.
pub fn grids() -> Result<&'static [Grid], GridError> {
    match &*GRIDS {
        Ok(all) => Ok(all),
        Err(error) => Err(error.clone()),
    }
}

/// The grid of this name.
pub fn grid(name: &str) -> Option<&'static Grid> {
    grids().ok()?.iter().find(|it| it.name == name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shipped_grid_has_its_five_domains_in_both_languages() {
        let grid = &grids().unwrap()[0];
        let names: Vec<&str> = grid.domains.iter().map(|it| it.name.fr.as_str()).collect();
        assert_eq!(
            names,
            [
                "Organisation interne",
                "Gestion administrative et financière",
                "Mobilisation des ressources",
                "Planification et programmation",
                "Services rendus et développement",
            ]
        );
        for it in grid.criteria() {
            for level in &it.levels {
                for text in [&level.fr, &level.en] {
                    let words = text.split_whitespace().count();
                    assert!((3..=20).contains(&words), "{}: {text}", it.code);
                    assert!(!text.contains('\''), "{}: {text}", it.code);
                }
                assert_ne!(level.fr, level.en, "{}", it.code);
            }
        }
    }

    #[test]
    fn a_grid_without_all_its_levels_is_refused() {
        let of = |levels: &str| {
            format!(
                r#"{{"grid":"g","edition":"2026-01-01","title":{{"fr":"a","en":"b"}},
                "source":{{"fr":"a","en":"b"}},"domains":[{{"code":"D","name":{{"fr":"a","en":"b"}},
                "criteria":[{{"code":"C","name":{{"fr":"a","en":"b"}},"levels":[{levels}]}}]}}]}}"#
            )
        };
        let level = r#"{"fr":"a","en":"b"}"#;
        assert!(read(&of(&[level; 4].join(","))).is_ok());
        assert_eq!(read(&of(level)), Err(GridError::Levels("C".to_owned())));
        assert!(matches!(read("{"), Err(GridError::Unreadable(_))));
    }
}
