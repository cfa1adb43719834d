//! What is wrong with a formula, and where.

use kernel::{Message, Reject};

/// The first mistake of a formula.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("column {column}: {problem}")]
pub struct ParseError {
    /// The column of the mistake, in characters, from 1; one past the end if something is missing.
    pub column: usize,
    /// What is wrong there.
    pub problem: Problem,
}

/// The mistakes that a formula can hold.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Problem {
    /// There is nothing to read.
    #[error("the formula is empty")]
    Empty,
    /// The text is longer than [`crate::MAX_TEXT`].
    #[error("the formula is longer than {} bytes", crate::MAX_TEXT)]
    TooLong,
    /// The tree is deeper than [`crate::MAX_DEPTH`].
    #[error("the formula is nested more than {} times", crate::MAX_DEPTH)]
    TooDeep,
    /// A sign that the language does not have, or not here.
    #[error("{0:?} is not expected here")]
    Unexpected(String),
    /// The text stops before the formula is complete.
    #[error("something is missing at the end: {0}")]
    Unfinished(&'static str),
    /// A number of more than 28 digits, or with a dangling point.
    #[error("{0:?} is not a number")]
    BadNumber(String),
    /// No function has this name.
    #[error("there is no function {0:?}")]
    UnknownFunction(String),
    /// The function takes another number of operands.
    #[error("{name} does not take {found} operands")]
    WrongOperands {
        /// The name of the function.
        name: &'static str,
        /// The operands written.
        found: usize,
    },
    /// A sum over quarters within another, or a sum over communes within another.
    #[error("{0} cannot stand inside a function of the same kind")]
    Nested(&'static str),
    /// A dimension comes twice in one selection.
    #[error("the dimension {0:?} comes twice")]
    RepeatedDimension(String),
    /// A comparison where a number is expected.
    #[error("a comparison is not expected here")]
    Comparison,
}

impl Reject for ParseError {
    fn message(&self) -> Message {
        let message = match &self.problem {
            Problem::Empty => Message::new("expression-empty"),
            Problem::TooLong => Message::new("expression-too-long").with("limit", crate::MAX_TEXT),
            Problem::TooDeep => Message::new("expression-too-deep").with("limit", crate::MAX_DEPTH),
            Problem::Unexpected(found) => {
                Message::new("expression-unexpected").with("found", found)
            }
            Problem::Unfinished(missing) => {
                Message::new("expression-unfinished").with("missing", missing)
            }
            Problem::BadNumber(found) => Message::new("expression-bad-number").with("found", found),
            Problem::UnknownFunction(name) => {
                Message::new("expression-unknown-function").with("name", name)
            }
            Problem::WrongOperands { name, found } => {
                Message::new("expression-wrong-operands").with("name", name).with("found", found)
            }
            Problem::Nested(name) => Message::new("expression-nested").with("name", name),
            Problem::RepeatedDimension(name) => {
                Message::new("expression-repeated-dimension").with("name", name)
            }
            Problem::Comparison => Message::new("expression-comparison"),
        };
        message.with("column", self.column)
    }
}
