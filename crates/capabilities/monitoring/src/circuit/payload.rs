//! What the entries around a quarter carry: reopenings, questions, second keyings, the plan of the
//! circuit. A released shape never changes its meaning: a new meaning is a new kind.

use super::plan::Plan;
use crate::store::KeyedTwice;
use kernel::Date;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A cercle asks to open a closing of its own again. Goes up with the returns of the cercle.
pub const REOPENING_ASKED: &str = "monitoring.reopening-asked";
/// The region or the nation accepts or refuses. Comes down to the cercle.
pub const REOPENING_ANSWERED: &str = "monitoring.reopening-answered";
/// A region or the nation asks something of a unit of a cercle.
pub const QUESTION_ASKED: &str = "monitoring.question-asked";
/// Somebody answers, asks on, or says the last word.
pub const QUESTION_CONTINUED: &str = "monitoring.question-continued";
/// Returns were drawn to be keyed twice. Never leaves the post.
pub const SECOND_DRAWN: &str = "monitoring.second-keying-drawn";
/// A second person keyed a form. Never leaves the post; its error rate travels with the return.
pub const SECOND_KEYED: &str = "monitoring.second-keying-entered";
/// What holds in a cell in which the two persons differ. Never leaves the post.
pub const SECOND_DECIDED: &str = "monitoring.second-keying-decided";
/// The nation sets who takes which step by when. Goes to everybody below.
pub const CIRCUIT_SET: &str = "monitoring.circuit-set";

/// The payload of [`REOPENING_ASKED`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReopeningAsked {
    /// The place that closed.
    pub place: String,
    /// The quarter.
    pub quarter: String,
    /// The short hash of the closing to be opened again.
    pub closing: String,
    /// Why.
    pub reason: String,
    /// The office of the person who asks, as it was called that day.
    pub office: String,
    /// The day.
    pub day: Date,
}

/// The payload of [`REOPENING_ANSWERED`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReopeningAnswered {
    /// The short hash of the request.
    pub reopening: String,
    /// The place that answers.
    pub place: String,
    /// Whether it accepts.
    pub accepted: bool,
    /// Whether the place above it must accept too, because the step here had been taken.
    #[serde(default)]
    pub needs_more: bool,
    /// Why.
    pub reason: String,
    /// The office of the person who answers.
    pub office: String,
    /// The day.
    pub day: Date,
}

/// The payload of [`QUESTION_ASKED`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct QuestionAsked {
    /// The unit asked about.
    pub unit: String,
    /// The quarter.
    pub quarter: String,
    /// What it is about, as [`super::About`] writes itself.
    pub about: String,
    /// The figure as it stood; empty if there was none.
    #[serde(default)]
    pub seen: String,
    /// The question.
    pub text: String,
    /// Whether the quarter waits for its answer.
    #[serde(default)]
    pub blocking: bool,
    /// The place that asks.
    pub place: String,
    /// The office of the person who asks.
    pub office: String,
    /// The day.
    pub day: Date,
}

/// The payload of [`QUESTION_CONTINUED`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct QuestionContinued {
    /// The short hash of the question.
    pub question: String,
    /// One more than the highest number that the writer had read.
    pub number: i64,
    /// What is said; may be empty with the last word.
    pub text: String,
    /// The last word: the question is settled.
    #[serde(default)]
    pub closes: bool,
    /// Whether the synthesis quotes the exchange.
    #[serde(default)]
    pub quoted: bool,
    /// The place that speaks.
    pub place: String,
    /// The office of the person who speaks.
    pub office: String,
    /// The day.
    pub day: Date,
}

/// The payload of [`SECOND_DRAWN`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SecondDrawn {
    /// The place whose units are in the draw.
    pub place: String,
    /// The quarter.
    pub quarter: String,
    /// What the draw was made from: the same seed gives the same draw.
    pub seed: String,
    /// The share asked for, in percent.
    pub percent: u32,
    /// All the forms that were filled in, as `unit/form`: what the draw was made of.
    pub from: Vec<String>,
    /// Those drawn, as (unit, form).
    pub drawn: Vec<(String, String)>,
    /// The day.
    pub day: Date,
}

/// The payload of [`SECOND_KEYED`]: the whole second keying of a form after it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SecondKeyed {
    /// The unit.
    pub unit: String,
    /// The quarter.
    pub quarter: String,
    /// The form.
    pub form: String,
    /// The cells, as stored.
    pub cells: BTreeMap<String, String>,
    /// What comparing gave, once the second person has finished.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub compared: Option<Compared>,
    /// The office of the second person.
    pub office: String,
    /// The day.
    pub day: Date,
}

/// The two keyings of a form side by side, as they were when the second was finished.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Compared {
    /// How many cells, and in how many the two differ.
    pub count: KeyedTwice,
    /// The same by the person who keyed first: their identifier, or empty if it is not known here.
    pub by_first: BTreeMap<String, KeyedTwice>,
    /// The cells that differ, in paper order.
    pub differences: Vec<Difference>,
}

/// A cell in which two keyings differ.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Difference {
    /// The cell, as stored.
    pub cell: String,
    /// What the first person keyed; empty if nothing.
    pub first: String,
    /// What the second person keyed; empty if nothing.
    pub second: String,
}

/// The payload of [`SECOND_DECIDED`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SecondDecided {
    /// The unit.
    pub unit: String,
    /// The quarter.
    pub quarter: String,
    /// The form.
    pub form: String,
    /// The cell.
    pub cell: String,
    /// `first`, `second` or `other`.
    pub choice: String,
    /// The value that holds, as stored; empty for none.
    pub value: String,
    /// Why.
    pub reason: String,
    /// The office of the person who decides.
    pub office: String,
    /// The day.
    pub day: Date,
}

/// The payload of [`CIRCUIT_SET`]: the whole plan after it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CircuitSet {
    /// The nation.
    pub nation: String,
    /// One more than the plan that it replaces.
    pub number: i64,
    /// The plan.
    pub plan: Plan,
    /// Why it changes.
    pub reason: String,
    /// The office of the person who sets it.
    pub office: String,
    /// The day.
    pub day: Date,
}
