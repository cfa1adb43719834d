//! The line of headings, found or chosen.

use crate::{Sheet, Value, letters};
use kernel::search::fold;
use std::collections::BTreeMap;

/// So many lines are looked at: headings come at the top, below a title at most.
const LOOKED_AT: usize = 30;

/// The heading of a column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Heading {
    /// The column, from 0.
    pub column: u16,
    /// Its words; empty if it has none.
    pub text: String,
    /// The words by which it can be told from the others: « Total », « Total (2) » if two columns
    /// have the same, « B » if it has none.
    pub name: String,
    /// Whether another column has the same words.
    pub twice: bool,
}

impl Sheet {
    /// The line that most looks like headings: the first whose cells are words, all or nearly all
    /// different, and at least as many as those of most lines below, less two.
    pub fn guess_headings(&self) -> Option<u32> {
        let filled = |at: usize| {
            self.rows
                .get(at)
                .map_or(0, |it| it.cells.iter().filter(|it| !it.value.is_empty()).count())
        };
        let looked = self.rows.len().min(LOOKED_AT);
        let mut widths: Vec<usize> = (0..looked).map(filled).collect();
        widths.sort_unstable();
        let usual = widths.get(looked / 2).copied()?;
        let needed = usual.saturating_sub(2).max(2).min(usual);
        let mut best: Option<(usize, u32)> = None;
        for (at, row) in self.rows.iter().take(looked).enumerate() {
            let words = row.cells.iter().filter(|it| matches!(it.value, Value::Text(_))).count();
            let all = filled(at);
            // A year may head a column: words need only be more than half.
            if all < needed || words * 2 <= all {
                continue;
            }
            let Some(next) = self.rows.get(at + 1) else { break };
            let below = next.cells.iter().filter(|it| matches!(it.value, Value::Text(_))).count();
            // Fewer words below than here: the headings end here.
            let score = usize::from(below < words) * 2 + usize::from(usual <= all);
            if best.is_none_or(|it| it.0 < score) {
                best = Some((score, row.line));
            }
        }
        best.map(|it| it.1).or_else(|| self.rows.first().map(|it| it.line))
    }

    /// The first line, near the top, that has all these headings, accents and case forgiven.
    pub fn find_headings(&self, wanted: &[&str]) -> Option<u32> {
        let wanted: Vec<String> = wanted.iter().map(|it| fold(it)).collect();
        let has = |row: &&crate::Row| {
            let here: Vec<String> =
                row.cells.iter().map(|it| fold(&it.value.to_string())).collect();
            wanted.iter().all(|it| here.contains(it))
        };
        self.rows.iter().take(LOOKED_AT).find(has).map(|it| it.line)
    }

    /// The headings of a line, one for each column of the sheet.
    pub fn headings(&self, line: u32) -> Vec<Heading> {
        let mut seen: BTreeMap<String, usize> = BTreeMap::new();
        let row = self.row(line);
        let mut headings: Vec<Heading> = (0..self.width())
            .map(|column| {
                let text = row.map(|it| it.text(column)).unwrap_or_default();
                let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
                let count = seen.entry(fold(&text)).or_default();
                *count += 1;
                let name = match (text.is_empty(), *count) {
                    (true, _) => letters(column),
                    (false, 1) => text.clone(),
                    (false, count) => format!("{text} ({count})"),
                };
                Heading { column, text, name, twice: false }
            })
            .collect();
        for it in &mut headings {
            it.twice = !it.text.is_empty() && seen.get(&fold(&it.text)).is_some_and(|it| 1 < *it);
        }
        headings
    }

    /// The lines below the headings, without those that only add up the others, which are told
    /// apart by their first word: « Total », « Ensemble », « Moyenne ».
    pub fn lines_below(&self, line: u32) -> impl Iterator<Item = &crate::Row> {
        self.rows.iter().filter(move |it| line < it.line && !is_total(it))
    }

    /// The lines below the headings that only add up the others.
    pub fn totals_below(&self, line: u32) -> Vec<u32> {
        self.rows.iter().filter(|it| line < it.line && is_total(it)).map(|it| it.line).collect()
    }
}

fn is_total(row: &crate::Row) -> bool {
    let first = row.cells.iter().find_map(|it| match &it.value {
        Value::Text(it) => Some(fold(it)),
        _ => None,
    });
    let word = first.as_deref().and_then(|it| it.split(' ').next()).unwrap_or_default();
    let whole = first.as_deref().unwrap_or_default();
    matches!(word, "total" | "totaux" | "ensemble" | "moyenne" | "sous")
        && (word != "sous" || whole.starts_with("sous total"))
}
