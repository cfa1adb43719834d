//! A tree back into text: the shortest one that reads as the same tree.

use crate::{Arithmetic, Condition, Expression, Node, Selection, Subject};
use std::fmt::{self, Display as _};

impl<L: fmt::Display> fmt::Display for Expression<L> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.root.fmt(f)
    }
}

impl<L: fmt::Display> fmt::Display for Condition<L> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.left.fmt(f)?;
        match &self.comparison {
            Some((comparator, right)) => write!(f, "{}{right}", comparator.sign()),
            None => Ok(()),
        }
    }
}

impl<L: fmt::Display> fmt::Display for Node<L> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Number(number) => number.fmt(f),
            Self::Leaf(leaf) => write!(f, "[{leaf}]"),
            Self::Parameter(name) => write!(f, "${name}"),
            Self::Negate(inner) => {
                f.write_str("-")?;
                within(inner, matches!(**inner, Self::Arithmetic(..)), f)
            }
            Self::Arithmetic(sign, left, right) => {
                let looser = |it: &Self| matches!(it, Self::Arithmetic(inner, ..) if sign.binds_tightly() && !inner.binds_tightly());
                // Operations of one rank group from the left.
                let same_rank = |it: &Self| matches!(it, Self::Arithmetic(inner, ..) if inner.binds_tightly() == sign.binds_tightly());
                within(left, looser(left), f)?;
                write!(f, "{}", sign.sign())?;
                within(right, looser(right) || same_rank(right), f)
            }
            Self::Call(function, operands) => {
                write!(f, "{}(", function.name())?;
                for (at, operand) in operands.iter().enumerate() {
                    if at > 0 {
                        f.write_str(",")?;
                    }
                    operand.fmt(f)?;
                }
                f.write_str(")")
            }
        }
    }
}

fn within<L: fmt::Display>(
    node: &Node<L>,
    bracketed: bool,
    f: &mut fmt::Formatter<'_>,
) -> fmt::Result {
    if bracketed { write!(f, "({node})") } else { node.fmt(f) }
}

impl fmt::Display for Selection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.subject {
            Subject::Element(code) => f.write_str(code)?,
            Subject::Every => f.write_str("*")?,
        }
        for (at, part) in self.parts.iter().enumerate() {
            let gap = if at == 0 { '|' } else { ',' };
            write!(f, "{gap}{}={}", part.dimension, part.options.join("+"))?;
        }
        Ok(())
    }
}

impl fmt::Display for Arithmetic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.sign())
    }
}
