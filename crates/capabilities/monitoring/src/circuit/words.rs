//! How the pages of the circuit name things.

use super::threads::About;
use crate::questionnaire::{CellId, Questionnaire};
use db::Tx;
use kernel::{Failure, Language};
use web::{Chrome, Visit};

/// A cell as people read it: `Accouchements assistés – femmes`.
pub(crate) fn cell_label(
    questionnaire: &Questionnaire,
    cell: CellId,
    language: Language,
) -> String {
    let element = questionnaire.element(cell.element);
    let options: Vec<&str> =
        questionnaire.cell_options(cell).map(|it| it.1.label.say(language)).collect();
    match options.is_empty() {
        true => element.label.say(language).to_owned(),
        false => format!("{} – {}", element.label.say(language), options.join(", ")),
    }
}

/// What a question is about, in words.
pub(crate) fn about(visit: &Visit, questionnaire: &Questionnaire, about: &About) -> String {
    let language = visit.language;
    match about {
        About::Quarter => visit.app.catalogue().say(language, "question-about-quarter", &[]),
        About::Cell(text) => match questionnaire.cell_of(text) {
            Some(cell) => cell_label(questionnaire, cell, language),
            None => text.clone(),
        },
        About::Indicator(code) => match questionnaire.indicator(code) {
            Some(it) => format!("{code}, {}", it.label.say(language)),
            None => code.clone(),
        },
        About::Alert(rule) => {
            let given = [("rule", rule.clone())];
            visit.app.catalogue().say(language, "question-about-alert", &given)
        }
    }
}

/// The name of the person of this identifier; empty if this post does not know it.
pub(crate) fn person(tx: &mut Tx<'_>, id: &str) -> Result<String, Failure> {
    let Ok(id) = id.parse() else { return Ok(String::new()) };
    Ok(identity::person(tx, id)?.map(|it| it.name).unwrap_or_default())
}

/// Who, as far as it is known here: the name and the office.
pub(crate) fn who(name: &str, office: &str) -> String {
    match (name.is_empty(), office.is_empty()) {
        (true, _) => office.to_owned(),
        (false, true) => name.to_owned(),
        (false, false) => format!("{name}, {office}"),
    }
}

/// The words of a key with two arguments, for templates, which pass no pairs.
pub(crate) fn two(
    chrome: &Chrome,
    key: &str,
    a: &str,
    x: impl std::fmt::Display,
    b: &str,
    y: impl std::fmt::Display,
) -> String {
    chrome.t2(key, (a, x), (b, y))
}
