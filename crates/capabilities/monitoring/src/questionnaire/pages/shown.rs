//! Rows in words: how people read a row of the questionnaire.

use super::fields::{self, Typing};
use crate::analysis::{Say, in_words};
use crate::questionnaire::{Formula, Leaf, Questionnaire, Row, Sheet, Test, french};
use expressions::{Comparator, Condition};
use kernel::Language;

/// A column of a row, as it is shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Cell {
    /// The name of the column.
    pub(crate) name: String,
    /// What it holds.
    pub(crate) text: String,
    /// Whether it is a formula.
    pub(crate) is_formula: bool,
}

/// The name of a row for people.
pub(crate) fn name(row: &Row, language: Language) -> String {
    let english = row.text("libelle_en");
    match language {
        Language::English if !english.is_empty() => english.to_owned(),
        _ => french(row.text("libelle_fr")),
    }
}

/// The filled columns of a row, in the order in which people read them.
pub(crate) fn cells(say: &Say<'_>, sheet: Sheet, row: &Row) -> Vec<Cell> {
    let columns = fields::columns(sheet).iter();
    columns
        .filter(|it| !row.text(it.0).is_empty())
        .map(|(column, typing)| Cell {
            name: say.t(&fields::word(column)),
            text: text(row.text(column), *typing),
            is_formula: *typing == Typing::Formula,
        })
        .collect()
}

/// A cell as it is printed: texts have their typography, codes and formulas stay as they are.
pub(crate) fn text(text: &str, typing: Typing) -> String {
    match typing {
        Typing::Text | Typing::Long => french(text),
        _ => text.to_owned(),
    }
}

/// One line that says what a row holds, for lists.
pub(crate) fn summary(say: &Say<'_>, sheet: Sheet, row: &Row) -> String {
    let some = |columns: &[&str]| {
        let filled = columns.iter().map(|it| row.text(it)).filter(|it| !it.is_empty());
        filled.map(french).collect::<Vec<_>>().join(" · ")
    };
    match sheet {
        Sheet::Forms => some(&["periodicite", "niveau_saisie"]),
        Sheet::Elements => some(&["jeu", "unite", "ventilations", "periodicite"]),
        Sheet::Options => french(row.text("libelle_dimension_fr")),
        Sheet::Parameters => some(&["valeur", "unite", "periode_validite"]),
        Sheet::Rules => {
            let sides =
                format!("{} {} {}", row.text("gauche"), row.text("operateur"), row.text("droite"));
            match row.text("condition") {
                "" => sides,
                condition => format!("{} {condition} → {sides}", say.t("questionnaire-if")),
            }
        }
        Sheet::Indicators => match row.text("denominateur") {
            "1" => row.text("numerateur").to_owned(),
            denominator => format!("{} / {denominator}", row.text("numerateur")),
        },
        Sheet::English => row.text("text").to_owned(),
    }
}

/// A condition in words.
fn condition(say: &Say<'_>, of: &Questionnaire, condition: &Condition<Leaf>) -> String {
    let left = in_words(say, of, &condition.left);
    match &condition.comparison {
        None => left,
        Some((comparator, right)) => {
            let sign = match comparator {
                Comparator::Less => "<",
                Comparator::AtMost => "≤",
                Comparator::Equal => "=",
                Comparator::AtLeast => "≥",
                Comparator::More => ">",
            };
            format!("{left} {sign} {}", in_words(say, of, right))
        }
    }
}

/// The formulas of an indicator or a rule in words, each with its unit: name of the column, words,
/// unit.
pub(crate) fn told(
    say: &Say<'_>,
    of: &Questionnaire,
    sheet: Sheet,
    code: &str,
) -> Vec<(String, String, String)> {
    let word = |column: &str| say.t(&fields::word(column));
    let one = |column: &str, formula: &Formula| {
        let unit = of.unit_of(formula).map(|it| it.to_string()).unwrap_or_default();
        let unit = if unit == "1" { say.t("questionnaire-plain-number") } else { unit };
        (word(column), in_words(say, of, formula), unit)
    };
    match sheet {
        Sheet::Indicators => {
            let Some(it) = of.indicator(code) else { return Vec::new() };
            vec![one("numerateur", &it.numerator), one("denominateur", &it.denominator)]
        }
        Sheet::Rules => {
            let Some(rule) = of.rules().iter().find(|it| it.code == code) else {
                return Vec::new();
            };
            let mut told = Vec::new();
            if let Some(it) = &rule.condition {
                told.push((word("condition"), condition(say, of, it), String::new()));
            }
            told.push(one("gauche", &rule.left));
            match &rule.test {
                Test::PresentIf(it) | Test::ZeroIf(it) => {
                    told.push((word("droite"), condition(say, of, it), String::new()));
                }
                test => told.extend(test.formulas().into_iter().map(|it| one("droite", it))),
            }
            told
        }
        _ => Vec::new(),
    }
}

/// Whether a formula reads an element, or a part of it that names one of these options.
pub(crate) fn reads(of: &Questionnaire, formula: &Formula, code: &str) -> bool {
    formula.leaves().any(|it| match it {
        Leaf::Cells(cells) => of.element(cells.element).code == code,
        Leaf::Every => false,
    })
}

/// The rules and indicators in force that use a row: an element, a list (by its code), a parameter.
pub(crate) fn users(of: &Questionnaire, sheet: Sheet, row: &Row) -> Vec<(Sheet, String)> {
    let code = row.text(if sheet == Sheet::Options { "dimension" } else { "code" });
    let uses =
        |formula: &Formula| match sheet {
            Sheet::Elements => reads(of, formula, code),
            Sheet::Parameters => {
                formula.parameters().any(|it| it == code)
                    || (code.starts_with("P_SIEGES") && formula.calls(expressions::Function::Seats))
            }
            Sheet::Options => formula.leaves().any(|it| match it {
                Leaf::Cells(cells) => of.element(cells.element).dimensions.iter().any(|it| {
                    of.dimensions().get(usize::from(*it)).is_some_and(|it| it.code == code)
                }),
                Leaf::Every => false,
            }),
            _ => false,
        };
    let indicators = of
        .indicators()
        .iter()
        .filter(|it| it.in_force && (uses(&it.numerator) || uses(&it.denominator)))
        .map(|it| (Sheet::Indicators, it.code.clone()));
    let rules = of.rules().iter().filter(|rule| {
        let conditions = rule.condition.iter().flat_map(|it| it.sides());
        let mut sides = std::iter::once(&rule.left).chain(rule.test.formulas()).chain(conditions);
        sides.any(uses)
    });
    indicators.chain(rules.map(|it| (Sheet::Rules, it.code.clone()))).collect()
}
