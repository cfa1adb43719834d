//! What two editions do differently, in words.

use super::{fields, preview, shown};
use crate::analysis::Say;
use crate::questionnaire::{Change, Questionnaire, Sheet, Tables, forms_between};
use std::collections::{BTreeMap, BTreeSet};

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

/// An indicator that does not count the same any more.
#[derive(Clone, Debug)]
pub(crate) struct Affected {
    pub(crate) code: String,
    pub(crate) name: String,
    pub(crate) because: String,
    pub(crate) before: String,
    pub(crate) after: String,
    pub(crate) moved: bool,
}

/// All the differences.
#[derive(Clone, Debug)]
pub(crate) struct Difference {
    pub(crate) sheets: Vec<OfSheet>,
    /// The forms whose paper changes: code and name.
    pub(crate) forms: Vec<(String, String)>,
    pub(crate) affected: Vec<Affected>,
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
        affected: affected(say, before, after, &changes, known),
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

fn affected(
    say: &Say<'_>,
    before: Side<'_>,
    after: Side<'_>,
    changes: &[Change],
    known: Option<&preview::Known>,
) -> Vec<Affected> {
    let mut because: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for change in changes {
        // A new name or definition counts nothing else.
        let words = [
            "libelle_fr",
            "libelle_en",
            "libelle_court",
            "definition_fr",
            "definition_en",
            "note",
            "note_en",
            "reference",
            "statut",
        ];
        let rest =
            |it: &BTreeMap<String, String>| it.keys().any(|it| !words.contains(&it.as_str()));
        let counts = change.cells.as_ref().is_none_or(rest);
        for side in [before, after] {
            let Some(row) = side.tables.row(change.sheet, &change.key) else { continue };
            for code in preview::concerned(side.questionnaire, change.sheet, row) {
                if counts {
                    because.entry(code).or_default().insert(change.key.clone());
                }
            }
        }
    }
    let codes: BTreeSet<String> = because.keys().cloned().collect();
    let outcomes = |side: Side<'_>| known.map(|it| it.outcomes(side.questionnaire, &codes));
    let (old, new) = (outcomes(before), outcomes(after));
    let place = known.map(|it| it.ground.place().to_owned()).unwrap_or_default();
    let in_force = |side: Side<'_>, code: &str| {
        side.questionnaire.indicator(code).filter(|it| it.in_force).cloned()
    };
    let told = |side: Side<'_>, found: &Option<BTreeMap<String, preview::Outcomes>>, code: &str| {
        let Some(indicator) = in_force(side, code) else { return "–".to_owned() };
        let Some(found) = found else { return String::new() };
        let outcome = found.get(&place).and_then(|it| it.get(code));
        say.value(&indicator, outcome.and_then(|it| indicator.ratio(it.numerator, it.denominator)))
    };
    let lines = because.into_iter().map(|(code, reasons)| {
        let row = after.tables.row(Sheet::Indicators, &code);
        let row = row.or(before.tables.row(Sheet::Indicators, &code));
        let (was, is) = (told(before, &old, &code), told(after, &new, &code));
        Affected {
            name: row.map(|it| shown::name(it, say.language)).unwrap_or_default(),
            because: reasons.into_iter().collect::<Vec<_>>().join(", "),
            moved: was != is,
            before: was,
            after: is,
            code,
        }
    });
    lines.collect()
}
