//! The sentence of an alert, with its numbers.

use crate::aggregation::UnitSource;
use crate::questionnaire::{Cells, Label, Leaf, Questionnaire, Rule};
use expressions::{At, Source};
use kernel::{Decimal, Language};

/// The decimals of a number in a sentence: a ratio such as pupils per classroom has many more.
const PLACES: u32 = 2;

pub(super) fn fill(
    rule: &Rule,
    left: Option<Decimal>,
    right: Option<Decimal>,
    questionnaire: &Questionnaire,
    source: &UnitSource<'_>,
) -> Label {
    let mut numbers = vec![("gauche", left), ("droite", right)];
    for (name, element) in &rule.named {
        let cells = Cells::all(*element, questionnaire.element(*element));
        numbers.push((name, source.value(&Leaf::Cells(cells), At::NOW)));
    }
    let say = |language: Language| {
        numbers.iter().fold(rule.message.say(language).to_owned(), |sentence, (name, value)| {
            sentence.replace(&format!("{{{name}}}"), &number(*value, language))
        })
    };
    Label { french: say(Language::French), english: say(Language::English) }
}

fn number(value: Option<Decimal>, language: Language) -> String {
    match (value, language) {
        (Some(it), _) => language.decimal(it.round_dp(PLACES).normalize()),
        (None, Language::French) => "n.d.".to_owned(),
        (None, Language::English) => "n/a".to_owned(),
    }
}
