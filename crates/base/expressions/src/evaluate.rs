//! The value of a formula over what a caller knows.

use crate::{Arithmetic, Expression, Function, Node};
use kernel::{Decimal, Quarter};

/// What a formula reads. One source stands for one unit and one quarter.
pub trait Source {
    /// What stands in square brackets, as the caller has resolved it.
    type Leaf;

    /// The quarter for which the formula is evaluated.
    fn quarter(&self) -> Quarter;

    /// The value of a leaf, `at` so far back; `None` if it is absent.
    fn value(&self, leaf: &Self::Leaf, at: At) -> Option<Decimal>;

    /// The value of a parameter in that quarter.
    fn parameter(&self, name: &str) -> Option<Decimal>;

    /// A count that no cell holds.
    fn count(&self, count: Count) -> Option<Decimal>;

    /// Shows the source of each commune of the unit.
    fn communes(&self, visit: &mut dyn FnMut(&Self));
}

/// How far back from the quarter of evaluation a leaf is read.
///
/// `PREC` goes back by the element's own rhythm, a quarter or a year, which only the caller knows;
/// hence two counts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct At {
    /// Quarters back.
    pub quarters: u16,
    /// Periods of the element's own rhythm back, counted from that quarter.
    pub periods: u16,
}

impl At {
    /// The period of evaluation itself.
    pub const NOW: Self = Self { quarters: 0, periods: 0 };

    fn quarters_back(self, quarters: u16) -> Self {
        Self { quarters: self.quarters.saturating_add(quarters), ..self }
    }

    /// The quarter read by an element that has one value a quarter.
    pub fn quarter(self, now: Quarter) -> Quarter {
        now.plus(-(i32::from(self.quarters) + i32::from(self.periods)))
    }
}

/// The counts of the program itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Count {
    /// 1 for a commune that answers.
    Communes,
    /// Returns that came within the deadline.
    ReturnsOnTime,
    /// Returns expected.
    ReturnsExpected,
    /// Mandatory cells that hold a value.
    CellsFilled,
    /// Mandatory cells.
    CellsExpected,
}

/// The largest population of each step of the scale; above the last, the eighth parameter.
///
/// Source: loi 2017-051 portant code des collectivités territoriales (Mali), art. 5.
const SEAT_STEPS: [u32; 7] = [10_000, 20_000, 40_000, 70_000, 100_000, 150_000, 200_000];

impl<L> Expression<L> {
    /// The value of the formula; `None` if a term is absent, if a divisor is zero, or if the result
    /// is beyond 28 digits.
    pub fn evaluate<S: Source<Leaf = L>>(&self, source: &S) -> Option<Decimal> {
        self.evaluate_at(source, At::NOW)
    }

    pub(crate) fn evaluate_at<S: Source<Leaf = L>>(&self, source: &S, at: At) -> Option<Decimal> {
        value(&self.root, source, at)
    }
}

fn value<S: Source>(node: &Node<S::Leaf>, source: &S, at: At) -> Option<Decimal> {
    match node {
        Node::Number(number) => Some(*number),
        Node::Leaf(leaf) => source.value(leaf, at),
        Node::Parameter(name) => source.parameter(name),
        Node::Negate(inner) => Some(-value(inner, source, at)?),
        Node::Arithmetic(sign, left, right) => {
            let (left, right) = (value(left, source, at)?, value(right, source, at)?);
            match sign {
                Arithmetic::Add => left.checked_add(right),
                Arithmetic::Subtract => left.checked_sub(right),
                Arithmetic::Multiply => left.checked_mul(right),
                Arithmetic::Divide => left.checked_div(right),
            }
        }
        Node::Call(function, operands) => call(*function, operands, source, at),
    }
}

fn call<S: Source>(
    function: Function,
    operands: &[Node<S::Leaf>],
    source: &S,
    at: At,
) -> Option<Decimal> {
    let read = |at: At| value(operands.first()?, source, at);
    let whole = |yes: bool| if yes { Decimal::ONE } else { Decimal::ZERO };
    match function {
        Function::LastFourQuarters => total((0..4).map(|back| read(at.quarters_back(back)))),
        Function::YearToDate => {
            let quarters = u16::from(at.quarter(source.quarter()).number());
            total((0..quarters).map(|back| read(at.quarters_back(back))))
        }
        Function::Previous => read(At { periods: at.periods.saturating_add(1), ..at }),
        Function::YearBefore => read(at.quarters_back(4)),
        Function::Seats => {
            let population = read(at)?;
            // A country may have steps of its own: `P_SIEGES_HAB_1` is the largest population of
            // the first.
            let most = |step: usize| {
                let own = source.parameter(&format!("P_SIEGES_HAB_{}", step + 1));
                own.or_else(|| SEAT_STEPS.get(step).copied().map(Decimal::from))
            };
            let step = (0..SEAT_STEPS.len())
                .take_while(|it| most(*it).is_some_and(|it| it < population))
                .count();
            source.parameter(&format!("P_SIEGES_{}", step + 1))
        }
        Function::Yes => Some(whole(Decimal::ZERO < read(at)?)),
        Function::Magnitude => Some(read(at)?.abs()),
        // A maximum over what is known is never above the true one: a control that finds it too
        // large is right, and the core questionnaire is controlled too.
        Function::Largest => operands.iter().filter_map(|it| value(it, source, at)).max(),
        Function::Filled => Some(whole(read(at).is_some())),
        Function::SumOfCommunes => {
            let operand = operands.first()?;
            let mut values = Vec::new();
            source.communes(&mut |commune| values.push(value(operand, commune, at)));
            if values.is_empty() { None } else { total(values.into_iter()) }
        }
        Function::Communes => source.count(Count::Communes),
        Function::ReturnsOnTime => source.count(Count::ReturnsOnTime),
        Function::ReturnsExpected => source.count(Count::ReturnsExpected),
        Function::CellsFilled => source.count(Count::CellsFilled),
        Function::CellsExpected => source.count(Count::CellsExpected),
    }
}

/// The sum, absent as soon as one term is.
fn total(mut terms: impl Iterator<Item = Option<Decimal>>) -> Option<Decimal> {
    terms.try_fold(Decimal::ZERO, |sum, term| sum.checked_add(term?))
}
