//! What a change of the questionnaire makes count differently: indicators and rules, each with the
//! rows that are the reason, and with what it gave before and gives after.

use super::difference::Side;
use super::{preview, shown};
use crate::analysis::Say;
use crate::questionnaire::{Change, Sheet};
use std::collections::{BTreeMap, BTreeSet};

/// The columns that say something to people and count nothing.
const WORDS: [&str; 12] = [
    "libelle_fr",
    "libelle_en",
    "libelle_court",
    "definition_fr",
    "definition_en",
    "message_fr",
    "message_en",
    "note",
    "note_en",
    "reference",
    "statut",
    "secteur",
];

/// An indicator or a rule that does not count the same any more.
#[derive(Clone, Debug)]
pub(crate) struct Affected {
    pub(crate) code: String,
    pub(crate) name: String,
    /// The rows that are the reason.
    pub(crate) because: String,
    /// What it gave, and what it gives: a value, or how many alerts. Empty if nothing is known
    /// here.
    pub(crate) before: String,
    pub(crate) after: String,
    pub(crate) moved: bool,
}

/// The rows that are the reason, by what they concern.
pub(super) type Because = BTreeMap<(Sheet, String), BTreeSet<String>>;

/// Which indicators and rules these changes concern, on either side.
pub(super) fn because(before: Side<'_>, after: Side<'_>, changes: &[Change]) -> Because {
    let mut found = Because::new();
    for change in changes {
        let rest =
            |it: &BTreeMap<String, String>| it.keys().any(|it| !WORDS.contains(&it.as_str()));
        if !change.cells.as_ref().is_none_or(rest) {
            continue;
        }
        for side in [before, after] {
            let Some(row) = side.tables.row(change.sheet, &change.key) else { continue };
            let own = matches!(change.sheet, Sheet::Indicators | Sheet::Rules)
                .then(|| (change.sheet, change.key.clone()));
            let users = shown::users(side.questionnaire, change.sheet, row);
            for it in own.into_iter().chain(users) {
                found.entry(it).or_default().insert(change.key.clone());
            }
        }
    }
    found
}

fn of(because: &Because, sheet: Sheet) -> impl Iterator<Item = (&str, String)> {
    let own = because.iter().filter(move |it| it.0.0 == sheet);
    own.map(|((_, code), rows)| {
        (code.as_str(), rows.iter().map(String::as_str).collect::<Vec<_>>().join(", "))
    })
}

fn name(say: &Say<'_>, (before, after): (Side<'_>, Side<'_>), sheet: Sheet, code: &str) -> String {
    let row = after.tables.row(sheet, code).or(before.tables.row(sheet, code));
    row.map(|it| shown::name(it, say.language)).unwrap_or_default()
}

/// The indicators, each with its value at the place of the visitor.
pub(super) fn indicators(
    say: &Say<'_>,
    sides: (Side<'_>, Side<'_>),
    because: &Because,
    known: Option<&preview::Known>,
) -> Vec<Affected> {
    let codes: BTreeSet<String> =
        of(because, Sheet::Indicators).map(|it| it.0.to_owned()).collect();
    let place = known.map(|it| it.ground.place().to_owned()).unwrap_or_default();
    let values = |side: Side<'_>| {
        let outcomes = known.map(|it| it.outcomes(side.questionnaire, &codes));
        codes
            .iter()
            .map(|code| {
                // A row that is gone counts nothing, though what is edited is not read yet.
                let held = side.tables.row(Sheet::Indicators, code).is_some();
                let indicator = side.questionnaire.indicator(code).filter(|it| it.in_force);
                let told = match (indicator.filter(|_| held), &outcomes) {
                    (None, _) => "–".to_owned(),
                    (Some(_), None) => String::new(),
                    (Some(indicator), Some(found)) => {
                        let outcome = found.get(&place).and_then(|it| it.get(code));
                        let ratio =
                            outcome.and_then(|it| indicator.ratio(it.numerator, it.denominator));
                        say.value(indicator, ratio)
                    }
                };
                (code.clone(), told)
            })
            .collect::<BTreeMap<String, String>>()
    };
    let (old, new) = (values(sides.0), values(sides.1));
    let told = |it: &BTreeMap<String, String>, code: &str| it.get(code).cloned();
    of(because, Sheet::Indicators)
        .map(|(code, rows)| {
            let (was, is) = (told(&old, code), told(&new, code));
            Affected {
                name: name(say, sides, Sheet::Indicators, code),
                because: rows,
                moved: was != is,
                before: was.unwrap_or_default(),
                after: is.unwrap_or_default(),
                code: code.to_owned(),
            }
        })
        .collect()
}

/// The rules, each with how many alerts it gives at the place of the visitor and below.
pub(super) fn rules(
    say: &Say<'_>,
    sides: (Side<'_>, Side<'_>),
    because: &Because,
    known: Option<&preview::Known>,
) -> Vec<Affected> {
    let alerts = |side: Side<'_>, code: &str| {
        let held = side.tables.row(Sheet::Rules, code).is_some()
            && side.questionnaire.rules().iter().any(|it| it.code == code);
        match (held, known) {
            (false, _) => "–".to_owned(),
            (true, None) => String::new(),
            (true, Some(known)) => known.alerts(side.questionnaire, code).0.to_string(),
        }
    };
    of(because, Sheet::Rules)
        .map(|(code, rows)| {
            let (was, is) = (alerts(sides.0, code), alerts(sides.1, code));
            Affected {
                name: name(say, sides, Sheet::Rules, code),
                because: rows,
                moved: was != is,
                before: was,
                after: is,
                code: code.to_owned(),
            }
        })
        .collect()
}
