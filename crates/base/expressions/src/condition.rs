//! A formula that is true or false: `[EDI_SESS_ORD]+[EDI_SESS_EXT]=0`.

use crate::evaluate::{At, Source};
use crate::{Expression, ParseError, Place, Selection, parser};
use kernel::Decimal;

/// One comparison, or one number that counts as true when it is positive.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Condition<L = Selection> {
    /// The left side, or the number.
    pub left: Expression<L>,
    /// The comparison and the right side.
    pub comparison: Option<(Comparator, Expression<L>)>,
}

/// A comparison.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Comparator {
    /// `<`
    Less,
    /// `<=`
    AtMost,
    /// `=`
    Equal,
    /// `>=`
    AtLeast,
    /// `>`
    More,
}

impl Comparator {
    /// The sign in a formula.
    pub fn sign(self) -> &'static str {
        match self {
            Self::Less => "<",
            Self::AtMost => "<=",
            Self::Equal => "=",
            Self::AtLeast => ">=",
            Self::More => ">",
        }
    }

    /// Whether the comparison holds.
    pub fn holds(self, left: Decimal, right: Decimal) -> bool {
        match self {
            Self::Less => left < right,
            Self::AtMost => left <= right,
            Self::Equal => left == right,
            Self::AtLeast => right <= left,
            Self::More => right < left,
        }
    }
}

/// Where the nodes of a condition stand in its text: those of the left side, then the sign of
/// comparison and those of the right side, if there are any.
pub type Columns = (Vec<usize>, Option<(usize, Vec<usize>)>);

impl Condition {
    /// Reads a condition.
    ///
    /// # Errors
    ///
    /// The first mistake and its column.
    pub fn parse(text: &str) -> Result<Self, ParseError> {
        parser::condition(text)
    }

    /// Where the nodes of a condition stand in its text: those of the left side, then the sign of
    /// comparison and those of the right side, if there are any.
    ///
    /// # Errors
    ///
    /// The first mistake and its column.
    pub fn columns(text: &str) -> Result<Columns, ParseError> {
        parser::condition_columns(text)
    }
}

impl<L> Condition<L> {
    /// The same condition with every leaf replaced.
    ///
    /// # Errors
    ///
    /// The first one that `read` gives.
    pub fn try_map<M, E>(
        &self,
        read: &mut impl FnMut(&L, Place) -> Result<M, E>,
    ) -> Result<Condition<M>, E> {
        let left = self.left.try_map(read)?;
        let comparison = match &self.comparison {
            Some((comparator, right)) => Some((*comparator, right.try_map(read)?)),
            None => None,
        };
        Ok(Condition { left, comparison })
    }

    /// The formulas of the condition: the left side, and the right side if there is one.
    pub fn sides(&self) -> impl Iterator<Item = &Expression<L>> {
        std::iter::once(&self.left).chain(self.comparison.iter().map(|(_, right)| right))
    }

    /// Whether the condition holds; `None` if a term is absent.
    pub fn evaluate<S: Source<Leaf = L>>(&self, source: &S) -> Option<bool> {
        let left = self.left.evaluate_at(source, At::NOW)?;
        match &self.comparison {
            None => Some(Decimal::ZERO < left),
            Some((comparator, right)) => {
                Some(comparator.holds(left, right.evaluate_at(source, At::NOW)?))
            }
        }
    }
}
