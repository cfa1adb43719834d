//! Which forms an edition changes: their printed paper gets its number.

use super::{Change, Series, Sheet, Tables};
use std::collections::BTreeSet;

/// The codes of the forms whose paper differs between two questionnaires.
pub fn forms_between(before: &Tables, after: &Tables) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for change in before.changes_to(after) {
        for tables in [before, after] {
            touched(tables, &change, &mut found);
        }
    }
    found
}

fn touched(tables: &Tables, change: &Change, found: &mut BTreeSet<String>) {
    let row = tables.row(change.sheet, &change.key);
    match (change.sheet, row) {
        (Sheet::Forms, Some(row)) => {
            found.insert(row.key.clone());
        }
        (Sheet::Elements, Some(row)) => {
            found.insert(row.text("jeu").to_owned());
        }
        (Sheet::Options, Some(row)) => {
            let list = row.text("dimension");
            for element in tables.rows(Sheet::Elements) {
                let splits = element.text("ventilations").split(';').any(|it| it.trim() == list);
                if splits || element.text("liste_choix") == list {
                    found.insert(element.text("jeu").to_owned());
                }
            }
        }
        // Rules, parameters and results are not on paper.
        _ => {}
    }
}

impl Series {
    /// The number that the printed paper of a form bears: that of the last edition that changed
    /// it, up to the edition of this place.
    pub fn paper(&self, form: &str, at: usize) -> u32 {
        let editions = self.editions.editions();
        let changed = (1..editions.len().min(at + 1)).rev().find(|it| {
            forms_between(&editions[it - 1].tables, &editions[*it].tables).contains(form)
        });
        self.number(changed.unwrap_or_default())
    }

    /// As [`Series::paper`], for a quarter.
    pub fn paper_in(&self, form: &str, quarter: kernel::Quarter) -> u32 {
        self.paper(form, self.editions.place(quarter))
    }
}
