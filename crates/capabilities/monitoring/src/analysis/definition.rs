//! A formula in words, so that anyone can see how a figure is made.

use expressions::{Arithmetic, Expression, Function, Node};

use crate::questionnaire::{Direction, Formula, Gathering, Indicator, Leaf, Questionnaire};

use super::Say;

/// All that explains an indicator, in sentences.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Definition {
    /// The name.
    pub name: String,
    /// The formula as the questionnaire writes it.
    pub formula: String,
    /// What is counted, in words.
    pub numerator: String,
    /// What it is related to, in words; empty if to nothing.
    pub denominator: String,
    /// How the two make the value.
    pub making: String,
    /// How communes make a cercle.
    pub gathering: String,
    /// The direction in which it should go.
    pub direction: String,
    /// How often it is collected.
    pub rhythm: String,
    /// Where the notion comes from; empty if the project proposes it.
    pub reference: String,
    /// How far the definition has been checked.
    pub status: String,
    /// A note; may be empty.
    pub note: String,
    /// The data that it reads.
    pub elements: Vec<ElementLine>,
}

/// A data element that an indicator reads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ElementLine {
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// What exactly is counted.
    pub definition: String,
    /// Where the value comes from.
    pub supplier: String,
}

/// Explains an indicator.
pub fn define(say: &Say<'_>, questionnaire: &Questionnaire, indicator: &Indicator) -> Definition {
    let words = |it: &Formula| in_words(say, questionnaire, it);
    let one = indicator.denominator.to_string() == "1";
    let making = if one {
        say.t("analysis-making-plain")
    } else if indicator.factor == 1.into() {
        say.t("analysis-making-ratio")
    } else {
        let factor = say.language.decimal(indicator.factor.normalize());
        say.with("analysis-making-factor", &[("factor", factor)])
    };
    let gathering = match &indicator.gathering {
        Gathering::SumOfComponents => say.t("analysis-gathering-sum"),
        Gathering::Recomputed => say.t("analysis-gathering-recomputed"),
        Gathering::WeightedBy(cells) => {
            let weight = element_name(say, questionnaire, cells.element);
            say.with("analysis-gathering-weighted", &[("weight", weight)])
        }
        Gathering::Counted => say.t("analysis-gathering-counted"),
    };
    let direction = say.t(match indicator.direction {
        Direction::Up => "analysis-direction-up",
        Direction::Down => "analysis-direction-down",
        Direction::Neutral => "analysis-direction-neutral",
        Direction::TowardsOne => "analysis-direction-one",
    });
    let status = say.t(match indicator.status {
        crate::questionnaire::Status::Source => "analysis-status-source",
        crate::questionnaire::Status::SectorSource => "analysis-status-sector",
        crate::questionnaire::Status::Proposal => "analysis-status-proposal",
    });
    let rhythm = if indicator.yearly { "analysis-rhythm-year" } else { "analysis-rhythm-quarter" };
    let factor = match indicator.factor.normalize() {
        it if it == 1.into() => String::new(),
        it => format!(" × {it}"),
    };
    let formula = if one {
        indicator.numerator.to_string()
    } else {
        format!("({}) ÷ ({}){factor}", indicator.numerator, indicator.denominator)
    };
    Definition {
        name: indicator.label.say(say.language).to_owned(),
        formula,
        numerator: words(&indicator.numerator),
        denominator: if one { String::new() } else { words(&indicator.denominator) },
        making,
        gathering,
        direction,
        rhythm: say.t(rhythm),
        reference: indicator.reference.say(say.language).to_owned(),
        status,
        note: indicator.note.say(say.language).to_owned(),
        elements: elements(say, questionnaire, indicator),
    }
}

fn elements(
    say: &Say<'_>,
    questionnaire: &Questionnaire,
    indicator: &Indicator,
) -> Vec<ElementLine> {
    let mut numbers: Vec<u16> = Vec::new();
    for leaf in indicator.numerator.leaves().chain(indicator.denominator.leaves()) {
        if let Leaf::Cells(cells) = leaf
            && !numbers.contains(&cells.element)
        {
            numbers.push(cells.element);
        }
    }
    numbers
        .into_iter()
        .map(|number| {
            let element = questionnaire.element(number);
            ElementLine {
                code: element.code.clone(),
                name: element.label.say(say.language).to_owned(),
                definition: element.definition.say(say.language).to_owned(),
                supplier: element.supplier.say(say.language).to_owned(),
            }
        })
        .collect()
}

/// A formula in words: `somme, sur les quatre derniers trimestres, de sessions ordinaires`.
pub fn in_words(say: &Say<'_>, questionnaire: &Questionnaire, formula: &Formula) -> String {
    Words { say, questionnaire }.node(Expression::root(formula), false)
}

struct Words<'a> {
    say: &'a Say<'a>,
    questionnaire: &'a Questionnaire,
}

impl Words<'_> {
    fn node(&self, node: &Node<Leaf>, inside: bool) -> String {
        match node {
            Node::Number(value) => self.say.language.decimal(value.normalize()),
            Node::Leaf(leaf) => self.leaf(leaf),
            Node::Parameter(name) => self.parameter(name),
            Node::Negate(inner) => format!("−{}", self.node(inner, true)),
            Node::Arithmetic(sign, left, right) => {
                let sign = match sign {
                    Arithmetic::Add => "+",
                    Arithmetic::Subtract => "−",
                    Arithmetic::Multiply => "×",
                    Arithmetic::Divide => "÷",
                };
                // A sum of sums reads on: no bracket around its beginning.
                let chain = adds(node) && adds(left);
                let told = format!("{} {sign} {}", self.node(left, !chain), self.node(right, true));
                if inside { format!("({told})") } else { told }
            }
            Node::Call(function, operands) => self.call(*function, operands),
        }
    }

    fn call(&self, function: Function, operands: &[Node<Leaf>]) -> String {
        let inner: Vec<String> = operands.iter().map(|it| self.node(it, false)).collect();
        let key = format!("analysis-function-{}", function.name().to_lowercase().replace('_', "-"));
        self.say.with(&key, &[("inner", inner.join(", "))])
    }

    fn parameter(&self, name: &str) -> String {
        let Some(parameter) = self.questionnaire.parameters().get(name) else {
            return name.to_owned();
        };
        let value = self.say.language.decimal(parameter.value.normalize());
        let label = lowered(parameter.label.say(self.say.language));
        self.say.with("analysis-parameter", &[("name", label), ("value", value)])
    }

    fn leaf(&self, leaf: &Leaf) -> String {
        let Leaf::Cells(cells) = leaf else { return leaf.to_string() };
        let name = element_name(self.say, self.questionnaire, cells.element);
        let written = leaf.to_string();
        let Some((_, parts)) = written.split_once('|') else { return name };
        let told: Vec<String> = parts.split(',').map(|it| self.part(it)).collect();
        self.say.with("analysis-part", &[("name", name), ("parts", told.join(", "))])
    }

    /// `SEXE=F` as `femmes / filles`.
    fn part(&self, part: &str) -> String {
        let (code, options) = part.split_once('=').unwrap_or((part, ""));
        let Some(dimension) = self.questionnaire.dimensions().iter().find(|it| it.code == code)
        else {
            return part.to_owned();
        };
        let names: Vec<String> = options
            .split('+')
            .map(|option| {
                let found = dimension.options.iter().find(|it| it.code == option);
                found.map_or(option.to_owned(), |it| lowered(it.label.say(self.say.language)))
            })
            .collect();
        names.join(" + ")
    }
}

fn adds(node: &Node<Leaf>) -> bool {
    matches!(node, Node::Arithmetic(Arithmetic::Add | Arithmetic::Subtract, ..))
}

fn element_name(say: &Say<'_>, questionnaire: &Questionnaire, number: u16) -> String {
    lowered(questionnaire.element(number).label.say(say.language))
}

/// The same text with a capital first letter.
pub(crate) fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    match letters.next() {
        Some(first) => first.to_uppercase().chain(letters).collect(),
        None => String::new(),
    }
}

/// A name inside a sentence: its first letter small, unless it begins an abbreviation.
pub(crate) fn lowered(name: &str) -> String {
    let mut letters = name.chars();
    match (letters.next(), letters.clone().next()) {
        (Some(first), Some(second)) if !second.is_uppercase() && !second.is_ascii_digit() => {
            first.to_lowercase().chain(letters).collect()
        }
        _ => name.to_owned(),
    }
}
