//! The indicators.

use super::{Cells, Formula, Label, Level, Status, Tier};
use kernel::Decimal;
use rust_decimal::RoundingStrategy;

/// How an indicator passes from the units that answer to a larger one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Gathering {
    /// Numerators and denominators are added over the units that have both. Never a mean of rates.
    SumOfComponents,
    /// The formula is computed again on the values added together.
    Recomputed,
    /// The mean of the units, each weighing what this part of the data says.
    WeightedBy(Cells),
    /// Counted by the program itself: timeliness, completeness.
    Counted,
}

/// The direction in which an indicator is meant to go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// Up.
    Up,
    /// Down.
    Down,
    /// Neither.
    Neutral,
    /// Towards one: parity.
    TowardsOne,
}

/// An indicator.
#[derive(Clone, Debug)]
pub struct Indicator {
    /// `I001` to `I190`.
    pub code: String,
    /// Its name.
    pub label: Label,
    /// Its sector.
    pub sector: Label,
    /// What is counted.
    pub numerator: Formula,
    /// What it is related to.
    pub denominator: Formula,
    /// 100 for a percentage.
    pub factor: Decimal,
    /// The unit; empty for an index, which has none.
    pub unit: Label,
    /// The decimals shown.
    pub decimals: u32,
    /// The direction in which it is meant to go.
    pub direction: Direction,
    /// Whether it is followed each year only.
    pub yearly: bool,
    /// The dimensions by which it may be split.
    pub dimensions: Vec<u16>,
    /// The target of sustainable development that it serves, as written; may be empty.
    pub target: String,
    /// From where it needs attention. Never used to rank communes.
    pub watch: Option<Decimal>,
    /// From where it is good. Never used to rank communes.
    pub good: Option<Decimal>,
    /// A note; may be empty.
    pub note: Label,
    /// How far it has been checked.
    pub status: Status,
    /// The text that it comes from.
    pub reference: Label,
    /// Core or complete.
    pub tier: Tier,
    /// How it passes to a larger unit.
    pub gathering: Gathering,
    /// The level of the units that answer.
    pub level: Level,
    /// Whether it is part of this edition.
    pub in_force: bool,
}

impl Indicator {
    /// Numerator over denominator, times the factor, not rounded; `None` (« n.d. ») if either is
    /// absent or the denominator is zero.
    pub fn ratio(
        &self,
        numerator: Option<Decimal>,
        denominator: Option<Decimal>,
    ) -> Option<Decimal> {
        numerator?.checked_mul(self.factor)?.checked_div(denominator?)
    }

    /// The value as a program writes it, with its decimals: `31.3`, `n.d.`. For people, pass it
    /// through `Language::written`.
    pub fn shown(&self, value: Option<Decimal>) -> String {
        value.map_or_else(|| "n.d.".to_owned(), |it| places(it, self.decimals))
    }
}

/// A number with exactly so many decimals, half rounded up (away from zero).
pub fn places(value: Decimal, decimals: u32) -> String {
    rounded(value, decimals, RoundingStrategy::MidpointAwayFromZero)
}

pub(crate) fn rounded(value: Decimal, decimals: u32, strategy: RoundingStrategy) -> String {
    let mut rounded = value.round_dp_with_strategy(decimals, strategy);
    if rounded.is_zero() {
        rounded.set_sign_positive(true);
    }
    format!("{rounded:.0$}", decimals.min(28) as usize)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn halves_go_up() {
        for (value, decimals, expected) in [
            ("31.25", 1, "31.3"),
            ("31.249", 1, "31.2"),
            ("100", 1, "100.0"),
            ("0.5", 0, "1"),
            ("-0.04", 1, "0.0"),
            ("-0.25", 1, "-0.3"),
            ("18952", 4, "18952.0000"),
        ] {
            assert_eq!(places(value.parse().unwrap(), decimals), expected, "{value}");
        }
    }
}
