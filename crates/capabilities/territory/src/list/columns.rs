//! The columns of a list and what their cells may hold.

use std::collections::BTreeMap;

use kernel::search;

use super::ListRefused;
use crate::Level;

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
pub(super) struct Columns(BTreeMap<&'static str, u16>);

impl Columns {
    /// Reads the line of headings.
    pub(super) fn of(head: &[tables::Heading]) -> Result<Self, ListRefused> {
        let mut found: BTreeMap<&'static str, u16> = BTreeMap::new();
        for title in head {
            let folded = search::fold(&title.text);
            let name = NAMES.iter().find(|it| it.1.contains(&folded.as_str()));
            if let Some((name, _)) = name
                && found.insert(name, title.column).is_some()
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
    pub(super) fn cells(&self, row: &tables::Row) -> BTreeMap<&'static str, String> {
        self.0.iter().map(|(name, at)| (*name, row.text(*at).trim().to_owned())).collect()
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
