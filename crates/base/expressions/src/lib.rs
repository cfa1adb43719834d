//! The small language of the monitoring formulas: `CUMUL4([SAN_CPN1|SEXE=F])/[DEM_POP]*100`.
//!
//! A text is parsed once into a tree, with the column of the first mistake, and is bounded in
//! length and depth, because the national cell edits formulas and packages carry them. The tree
//! writes itself back, and is evaluated over a [`Source`] that the caller supplies; this crate
//! knows neither questionnaire, nor unit, nor storage.
//!
//! Arithmetic is exact (decimals of 28 digits). **Absent is not zero**: an operation that misses a
//! term has no value. A division by zero and an overflow have no value either, since a page can
//! only say « n.d. » of them; nothing here panics.
//!
//! Source of the language: `reference/oise`, section « Formules ».

pub mod condition;
mod display;
pub mod error;
pub mod evaluate;
mod lexer;
mod parser;
pub mod tree;
pub mod unit;

#[cfg(test)]
mod tests;

pub use condition::{Comparator, Condition};
pub use error::{ParseError, Problem};
pub use evaluate::{At, Count, Source};
pub use tree::{Arithmetic, Expression, Function, Node, Part, Place, Selection, Subject};
pub use unit::{Misfit, Unit, UnitProblem};

/// The longest text that is read as a formula, in bytes.
pub const MAX_TEXT: usize = 2_000;
/// The deepest tree, and the deepest nesting of brackets, of a formula.
pub const MAX_DEPTH: usize = 64;
