//! What two editions do differently, in words.

use super::affected::{self, Affected};
use super::{fields, preview, shown};
use crate::analysis::Say;
use crate::questionnaire::{Change, Questionnaire, Sheet, Tables, forms_between};

/// One of two editions.
#[derive(Clone, Copy)]
pub(crate) struct Side<'a> {
    pub(crate) tables: &'a Tables,
    pub(crate) questionnaire: &'a Questionnaire,
}

/// A row that only one of them has.
#[derive(Clone, Debug)]
pub(crate) struct Single {
    pub(crate) key: String,
    pub(crate) name: String,
    pub(crate) summary: String,
}

/// A row that both have, and what differs: column, before, after.
#[derive(Clone, Debug)]
pub(crate) struct Changed {
    pub(crate) key: String,
    pub(crate) name: String,
    pub(crate) columns: Vec<(String, String, String)>,
}

/// The differences in one table.
#[derive(Clone, Debug)]
pub(crate) struct OfSheet {
    pub(crate) title: String,
    pub(crate) added: Vec<Single>,
    pub(crate) retired: Vec<Single>,
    pub(crate) changed: Vec<Changed>,
}

/// All the differences.
#[derive(Clone, Debug)]
pub(crate) struct Difference {
    pub(crate) sheets: Vec<OfSheet>,
    /// The forms whose paper changes: code and name.
    pub(crate) forms: Vec<(String, String)>,
    /// The indicators, then the rules, that do not count the same any more.
    pub(crate) indicators: Vec<Affected>,
    pub(crate) rules: Vec<Affected>,
    /// The quarter and the place of the values, in words; empty if none is shown.
    pub(crate) values_of: Option<(String, String)>,
}

/// Compares two editions.
pub(crate) fn between(
    say: &Say<'_>,
    before: Side<'_>,
    after: Side<'_>,
    known: Option<&preview::Known>,
) -> Difference {
    let changes = before.tables.changes_to(after.tables);
    let because = affected::because(before, after, &changes);
    let shown = [
        Sheet::Forms,
        Sheet::Elements,
        Sheet::Options,
        Sheet::Rules,
        Sheet::Indicators,
        Sheet::Parameters,
    ];
    let sheets =
        shown.into_iter().filter_map(|sheet| of_sheet(say, before, after, sheet, &changes));
    let forms = forms_between(before.tables, after.tables).into_iter().map(|code| {
        let row = after.tables.row(Sheet::Forms, &code).or(before.tables.row(Sheet::Forms, &code));
        let name = row.map(|it| shown::name(it, say.language)).unwrap_or_default();
        (code, name)
    });
    Difference {
        sheets: sheets.collect(),
        forms: forms.collect(),
        indicators: affected::indicators(say, (before, after), &because, known),
        rules: affected::rules(say, (before, after), &because, known),
        values_of: known.map(|it| (say.language.quarter(it.quarter), it.place().to_owned())),
    }
}

fn of_sheet(
    say: &Say<'_>,
    before: Side<'_>,
    after: Side<'_>,
    sheet: Sheet,
    changes: &[Change],
) -> Option<OfSheet> {
    let mut found = OfSheet {
        title: say.t(&format!("questionnaire-sheet-{}", sheet.word())),
        added: Vec::new(),
        retired: Vec::new(),
        changed: Vec::new(),
    };
    let single = |tables: &Tables, key: &str| {
        tables.row(sheet, key).map(|row| Single {
            key: key.to_owned(),
            name: shown::name(row, say.language),
            summary: shown::summary(say, sheet, row),
        })
    };
    for change in changes.iter().filter(|it| it.sheet == sheet) {
        let (old, new) =
            (before.tables.row(sheet, &change.key), after.tables.row(sheet, &change.key));
        match (old, new) {
            (None, _) => found.added.extend(single(after.tables, &change.key)),
            (_, None) => found.retired.extend(single(before.tables, &change.key)),
            (Some(old), Some(new)) => {
                let columns = fields::columns(sheet).iter();
                let columns = columns.filter(|it| old.text(it.0) != new.text(it.0)).map(|it| {
                    let text = |text: &str| shown::text(text, it.1);
                    (say.t(&fields::word(it.0)), text(old.text(it.0)), text(new.text(it.0)))
                });
                found.changed.push(Changed {
                    key: change.key.clone(),
                    name: shown::name(new, say.language),
                    columns: columns.collect(),
                });
            }
        }
    }
    let is_empty = found.added.is_empty() && found.retired.is_empty() && found.changed.is_empty();
    (!is_empty).then_some(found)
}
