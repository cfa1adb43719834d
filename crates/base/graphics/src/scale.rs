//! From values to places. Values stay decimal; only places on the picture are floats.

use kernel::Decimal;

/// A value as a place needs it.
pub(crate) fn real(value: Decimal) -> f64 {
    f64::try_from(value).unwrap_or(0.0)
}

/// A straight scale between two ends.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Scale {
    low: f64,
    high: f64,
    from: f64,
    to: f64,
}

impl Scale {
    /// `low` goes to `from`, `high` to `to`. If the ends are equal everything goes to `from`.
    pub(crate) fn new(low: f64, high: f64, from: f64, to: f64) -> Self {
        Self { low, high, from, to }
    }

    pub(crate) fn at(&self, value: f64) -> f64 {
        let span = self.high - self.low;
        if span <= 0.0 {
            return self.from;
        }
        self.from + (value - self.low) / span * (self.to - self.from)
    }
}

/// Ten to this power, if a decimal can hold it.
pub(crate) fn power_of_ten(exponent: i32) -> Option<Decimal> {
    match exponent {
        0..=28 => Some(Decimal::from_i128_with_scale(10_i128.pow(exponent.unsigned_abs()), 0)),
        -28..=-1 => Some(Decimal::from_i128_with_scale(1, exponent.unsigned_abs())),
        _ => None,
    }
}

/// Round values (steps of 1, 2 or 5 times a power of ten) that cover the span from `low` to `high`
/// in about `wanted` steps. Always at least one; at most a dozen.
pub(crate) fn ticks(low: Decimal, high: Decimal, wanted: u32) -> Vec<Decimal> {
    let span = real(high) - real(low);
    let rough = if span > 0.0 { span / f64::from(wanted.max(1)) } else { 1.0 };
    let mut exponent = -12;
    while exponent < 28 && 10_f64.powi(exponent + 1) <= rough {
        exponent += 1;
    }
    let step = [1, 2, 5, 10]
        .into_iter()
        .filter_map(|it| power_of_ten(exponent)?.checked_mul(Decimal::from(it)))
        .find(|it| real(*it) >= rough * 0.999);
    let Some(step) = step else { return vec![low] };
    let first = low.checked_div(step).and_then(|it| it.floor().checked_mul(step)).unwrap_or(low);
    let mut out = vec![first.normalize()];
    let mut tick = first;
    while out.len() < 12 && tick < high {
        let Some(next) = tick.checked_add(step) else { break };
        tick = next;
        out.push(tick.normalize());
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ticks_are_round_and_cover() {
        for (low, high, expected) in [
            ("0", "97", "0 20 40 60 80 100"),
            ("0", "1", "0 0.2 0.4 0.6 0.8 1"),
            ("-3", "7", "-4 -2 0 2 4 6 8"),
            ("5", "5", "5"),
            ("0", "1200", "0 500 1000 1500"),
        ] {
            let low: Decimal = low.parse().unwrap();
            let ticks: Vec<_> =
                ticks(low, high.parse().unwrap(), 5).iter().map(ToString::to_string).collect();
            assert_eq!(ticks.join(" "), expected, "{low} to {high}");
        }
    }
}
