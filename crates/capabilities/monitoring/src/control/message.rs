//! The sentence of an alert, with its numbers.

use crate::aggregation::UnitSource;
use crate::questionnaire::{Cells, Leaf, Questionnaire, Rule};
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
) -> String {
    let mut sentence =
        rule.message.replace("{gauche}", &number(left)).replace("{droite}", &number(right));
    for (name, element) in &rule.named {
        let cells = Cells::all(*element, questionnaire.element(*element));
        let value = source.value(&Leaf::Cells(cells), At::NOW);
        sentence = sentence.replace(&format!("{{{name}}}"), &number(value));
    }
    sentence
}

fn number(value: Option<Decimal>) -> String {
    let shown = |it: Decimal| Language::French.decimal(it.round_dp(PLACES).normalize());
    value.map_or_else(|| "n.d.".to_owned(), shown)
}
