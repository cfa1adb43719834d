//! Exact shares, and how a whole number is divided by them without losing a unit.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// The largest denominator: the product of two populations of large countries, with room, so that
/// shares of shares stay exact.
const LARGEST: u64 = 1 << 62;

/// A share between nothing and the whole, exact: `2/3`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "(u64, u64)", into = "(u64, u64)")]
pub struct Share {
    // Invariant: lowest terms, parts <= whole <= LARGEST, 0 < whole.
    parts: u64,
    whole: u64,
}

/// The text or the pair of numbers is no share.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a share between nothing and the whole")]
pub struct NotAShare;

impl Share {
    /// All of it.
    pub const WHOLE: Self = Self { parts: 1, whole: 1 };

    /// `parts` of `whole`; `None` if it is more than the whole, or if there is no whole.
    pub fn new(parts: u64, whole: u64) -> Option<Self> {
        if whole == 0 || whole < parts || LARGEST < whole {
            return None;
        }
        let by = gcd(parts, whole);
        Some(Self { parts: parts / by, whole: whole / by })
    }

    /// The numerator, in lowest terms.
    pub fn parts(self) -> u64 {
        self.parts
    }

    /// The denominator, in lowest terms.
    pub fn whole(self) -> u64 {
        self.whole
    }

    /// This share of another share; `None` if it would be too fine.
    #[must_use]
    pub fn of(self, other: Self) -> Option<Self> {
        let (a, b) = (gcd(self.parts, other.whole), gcd(other.parts, self.whole));
        Self::new(
            (self.parts / a).checked_mul(other.parts / b)?,
            (self.whole / b).checked_mul(other.whole / a)?,
        )
    }

    /// Both shares together; `None` if they are more than the whole, or too fine.
    #[must_use]
    pub fn plus(self, other: Self) -> Option<Self> {
        let (parts, whole) = common(&[self, other])?;
        let sum = parts.iter().sum::<u128>();
        Self::new(u64::try_from(sum).ok()?, u64::try_from(whole).ok()?)
    }

    /// Whether it is all of it.
    pub fn is_whole(self) -> bool {
        self.parts == self.whole
    }
}

impl fmt::Display for Share {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.parts, self.whole)
    }
}

/// Reads `2/3`, `40 %`, `0,4` or `1`. A lone number above 1 is a population, not a share.
impl FromStr for Share {
    type Err = NotAShare;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let text: String = text.chars().filter(|it| !it.is_whitespace()).collect();
        let number = |it: &str| -> Option<u64> {
            if it.is_empty() || !it.bytes().all(|it| it.is_ascii_digit()) {
                return None;
            }
            it.parse().ok()
        };
        let read = || {
            if let Some((parts, whole)) = text.split_once('/') {
                return Self::new(number(parts)?, number(whole)?);
            }
            let (text, unit) = match text.strip_suffix('%') {
                Some(text) => (text, 100),
                None => (text.as_str(), 1_u64),
            };
            let (units, decimals) = text.split_once([',', '.']).unwrap_or((text, ""));
            if 6 < decimals.len() || !decimals.bytes().all(|it| it.is_ascii_digit()) {
                return None;
            }
            let scale = 10_u64.checked_pow(u32::try_from(decimals.len()).ok()?)?;
            let fraction = if decimals.is_empty() { 0 } else { number(decimals)? };
            let parts = number(units)?.checked_mul(scale)?.checked_add(fraction)?;
            Self::new(parts, unit.checked_mul(scale)?)
        };
        read().ok_or(NotAShare)
    }
}

impl TryFrom<(u64, u64)> for Share {
    type Error = NotAShare;

    fn try_from((parts, whole): (u64, u64)) -> Result<Self, Self::Error> {
        Self::new(parts, whole).ok_or(NotAShare)
    }
}

impl From<Share> for (u64, u64) {
    fn from(it: Share) -> Self {
        (it.parts, it.whole)
    }
}

fn gcd(a: u64, b: u64) -> u64 {
    if b == 0 { a.max(1) } else { gcd(b, a % b) }
}

/// The shares on one denominator: numerators, denominator. `None` if it would be too large.
fn common(shares: &[Share]) -> Option<(Vec<u128>, u128)> {
    const MOST: u128 = 1 << 63;
    let mut whole: u128 = 1;
    for it in shares {
        let by = u128::from(gcd(it.whole, u64::try_from(whole % u128::from(it.whole)).ok()?));
        whole = whole.checked_mul(u128::from(it.whole) / by)?;
        if MOST < whole {
            return None;
        }
    }
    let parts =
        shares.iter().map(|it| u128::from(it.parts) * (whole / u128::from(it.whole))).collect();
    Some((parts, whole))
}

/// Whether shares make up exactly the whole.
pub fn sum_to_whole(shares: &[Share]) -> bool {
    common(shares).is_some_and(|(parts, whole)| parts.iter().sum::<u128>() == whole)
}

/// Divides a whole number by shares that sum to one. Each part is rounded towards nothing, then
/// the units left over go to the largest remainders, the earlier share first among equals. The
/// parts sum to `value` exactly.
///
/// `None` if the shares do not sum to one.
pub fn apportion(value: i64, shares: &[Share]) -> Option<Vec<i64>> {
    let (parts, whole) = common(shares)?;
    if parts.iter().sum::<u128>() != whole {
        return None;
    }
    let amount = u128::from(value.unsigned_abs());
    let mut out: Vec<u128> = parts.iter().map(|it| amount * it / whole).collect();
    let mut order: Vec<usize> = (0..parts.len()).collect();
    order.sort_by_key(|at| std::cmp::Reverse(amount * parts[*at] % whole));
    let left = amount - out.iter().sum::<u128>();
    for at in order.into_iter().take(usize::try_from(left).ok()?) {
        out[at] += 1;
    }
    let signed = |it: u128| i64::try_from(it).ok().map(|it| if value < 0 { -it } else { it });
    out.into_iter().map(signed).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn shares_are_read_as_people_write_them() {
        for (text, expected) in [
            ("2/3", Some((2, 3))),
            ("4/6", Some((2, 3))),
            ("40 %", Some((2, 5))),
            ("33,3 %", Some((333, 1000))),
            ("0,25", Some((1, 4))),
            ("0.25", Some((1, 4))),
            ("1", Some((1, 1))),
            ("0", Some((0, 1))),
            ("3/2", None),
            ("1/0", None),
            ("-1/2", None),
            ("+1/2", None),
            ("120 %", None),
            ("12 500", None),
            ("un tiers", None),
            ("", None),
            ("99999999999999999999/1", None),
        ] {
            let read = text.parse::<Share>().ok().map(<(u64, u64)>::from);
            assert_eq!(read, expected, "{text:?}");
        }
    }

    #[test]
    fn what_is_left_over_goes_to_the_largest_remainders() {
        let of = |them: &[(u64, u64)]| -> Vec<Share> {
            them.iter().map(|it| Share::new(it.0, it.1).unwrap()).collect()
        };
        for (value, shares, expected) in [
            (10, of(&[(1, 3), (1, 3), (1, 3)]), Some(vec![4, 3, 3])),
            (-10, of(&[(1, 3), (1, 3), (1, 3)]), Some(vec![-4, -3, -3])),
            (7, of(&[(3, 5), (2, 5)]), Some(vec![4, 3])),
            (0, of(&[(3, 5), (2, 5)]), Some(vec![0, 0])),
            (5, of(&[(1, 1)]), Some(vec![5])),
            (5, of(&[(0, 1), (1, 1)]), Some(vec![0, 5])),
            (5, of(&[(1, 2), (1, 3)]), None),
            (5, of(&[]), None),
        ] {
            assert_eq!(apportion(value, &shares), expected, "{value} {shares:?}");
        }
    }

    proptest! {
        #[test]
        fn nothing_is_lost(value in i64::MIN + 1..i64::MAX, people in prop::collection::vec(0..30_000_000_u64, 1..8)) {
            let whole: u64 = people.iter().sum();
            prop_assume!(0 < whole);
            let shares: Vec<Share> = people.iter().map(|it| Share::new(*it, whole).unwrap()).collect();
            prop_assert!(sum_to_whole(&shares));
            let parts = apportion(value, &shares).unwrap();
            prop_assert_eq!(parts.iter().map(|it| i128::from(*it)).sum::<i128>(), i128::from(value));
        }
    }
}
