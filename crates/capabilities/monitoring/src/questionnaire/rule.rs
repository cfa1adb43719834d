//! The rules of control.

use super::{Formula, Label, Leaf, Level, Status};
use expressions::Condition;
use kernel::Decimal;

/// How grave it is to break a rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Shown; nothing to do.
    Information,
    /// The validation asks for a comment.
    Warning,
    /// The form cannot be validated; the draft is always kept.
    Blocking,
}

impl Severity {
    /// The word in the content files.
    pub fn word(self) -> &'static str {
        match self {
            Self::Information => "information",
            Self::Warning => "avertissement",
            Self::Blocking => "bloquante",
        }
    }
}

/// What must hold between the left side and the right side.
#[derive(Clone, Debug)]
pub enum Test {
    /// `<=`
    AtMost(Formula),
    /// `>=`
    AtLeast(Formula),
    /// `=`
    Equal(Formula),
    /// `entre`: from the first to the second.
    Between(Formula, Formula),
    /// `variation<=`: the change from the right side, as a share of it, is at most the tolerance.
    Varies(Formula),
    /// `present_si`: there is a positive value if the condition holds.
    PresentIf(Condition<Leaf>),
    /// `nul_si`: there is no value above or below zero if the condition holds.
    ZeroIf(Condition<Leaf>),
}

/// A rule of control.
#[derive(Clone, Debug)]
pub struct Rule {
    /// `V001` to `V070`.
    pub code: String,
    /// What it says.
    pub label: Label,
    /// Its family, a word of the file: `borne`, `coherence`, `plage`…
    pub nature: String,
    /// How grave it is to break it.
    pub severity: Severity,
    /// The data set on whose form it is shown; `None` if it holds for all.
    pub data_set: Option<u16>,
    /// The level of the units that it controls.
    pub level: Level,
    /// When it applies; always if there is none.
    pub condition: Option<Condition<Leaf>>,
    /// The left side.
    pub left: Formula,
    /// What must hold.
    pub test: Test,
    /// How far the left side may be, as a share of the right side.
    pub tolerance: Decimal,
    /// The sentence, with `{gauche}`, `{droite}` and [`Rule::named`] in braces.
    pub message: Label,
    /// What to do next.
    pub advice: Label,
    /// How far it has been checked.
    pub status: Status,
    /// The text that it comes from.
    pub reference: Label,
    /// The elements that the sentence calls by the end of their code: `{pop}` is `DEM_POP`.
    pub named: Vec<(String, u16)>,
    /// The elements that it reads, left side first, without repetition.
    pub elements: Vec<u16>,
}

/// The names in braces of a sentence.
pub(crate) fn placeholders(message: &str) -> impl Iterator<Item = &str> {
    message.split('{').skip(1).filter_map(|it| it.split_once('}')).map(|(name, _)| name)
}

impl Test {
    /// The formulas on the right side.
    pub fn formulas(&self) -> Vec<&Formula> {
        match self {
            Self::AtMost(right)
            | Self::AtLeast(right)
            | Self::Equal(right)
            | Self::Varies(right) => {
                vec![right]
            }
            Self::Between(least, most) => vec![least, most],
            Self::PresentIf(condition) | Self::ZeroIf(condition) => condition.sides().collect(),
        }
    }
}
