//! The columns of a list and what their cells may hold.

use std::collections::BTreeMap;

use kernel::{Date, search};

use super::ListRefused;
use crate::Level;

/// More columns than this are no list of units.
const MOST: usize = 100;

/// The names of each column, as `kernel::search::fold` writes them; the first is ours.
const NAMES: [(&str, &[&str]); 11] = [
    ("code", &["code"]),
    ("nom", &["nom", "name"]),
    ("niveau", &["niveau", "level"]),
    ("parent", &["parent", "code parent", "parent code"]),
    ("du", &["du", "from", "valid from", "valable du"]),
    ("au", &["au", "to", "last day", "valable au"]),
    // As our own files write it: the first day on which it is no longer so.
    ("jusqu", &["valid to"]),
    ("anciens", &["anciens codes", "former codes", "ancien code", "former code"]),
    ("genre", &["genre", "kind"]),
    ("officiel", &["code officiel", "official code"]),
    ("autres", &["autres noms", "other names"]),
];

/// Without these there is no list.
const NEEDED: [&str; 4] = ["code", "nom", "niveau", "parent"];

/// Where each column is.
pub(super) struct Columns(BTreeMap<&'static str, usize>);

impl Columns {
    /// Reads the first line.
    pub(super) fn of(head: &csv::StringRecord) -> Result<Self, ListRefused> {
        if MOST < head.len() {
            return Err(ListRefused::NotTable { line: 1 });
        }
        let mut found: BTreeMap<&'static str, usize> = BTreeMap::new();
        for (at, title) in head.iter().enumerate() {
            let folded = search::fold(title);
            let name = NAMES.iter().find(|it| it.1.contains(&folded.as_str()));
            if let Some((name, _)) = name
                && found.insert(name, at).is_some()
            {
                return Err(ListRefused::ColumnTwice((*name).to_owned()));
            }
        }
        match NEEDED.iter().find(|it| !found.contains_key(**it)) {
            Some(missing) => Err(ListRefused::NoColumn((*missing).to_owned())),
            None => Ok(Self(found)),
        }
    }

    /// The cells of a line, by column, without spaces around.
    pub(super) fn cells(&self, record: &csv::StringRecord) -> BTreeMap<&'static str, String> {
        self.0
            .iter()
            .filter_map(|(name, at)| Some((*name, record.get(*at)?.trim().to_owned())))
            .collect()
    }
}

/// A level as lists write it.
pub(super) fn level(text: &str) -> Option<Level> {
    Some(match search::fold(text).as_str() {
        "pays" | "nation" | "country" | "etat" => Level::Pays,
        "region" => Level::Region,
        "district" => Level::District,
        "cercle" => Level::Cercle,
        "departement" | "department" => Level::Departement,
        "ville" | "city" => Level::Ville,
        "commune" | "municipality" => Level::Commune,
        _ => return None,
    })
}

/// A day as lists write it: `2023-03-13` or `13/03/2023`.
pub(super) fn day(text: &str) -> Option<Date> {
    if let Ok(day) = text.parse() {
        return Some(day);
    }
    let mut parts = text.split('/');
    let (day, month, year) = (parts.next()?, parts.next()?, parts.next()?);
    if parts.next().is_some() || year.len() != 4 {
        return None;
    }
    Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_read_as_spreadsheets_write_them() {
        for (text, expected) in [
            ("2023-03-13", Some("2023-03-13")),
            ("13/03/2023", Some("2023-03-13")),
            ("03/13/2023", None),
            ("13/03/23", None),
            ("2023", None),
            ("45000", None),
            ("", None),
        ] {
            assert_eq!(day(text).map(|it| it.to_string()).as_deref(), expected, "{text}");
        }
    }
}
