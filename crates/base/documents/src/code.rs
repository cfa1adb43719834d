//! The code printed at the foot of every page, short enough to be read out on the telephone.

use std::fmt;
use std::str::FromStr;

/// No O, 0, I or 1: they are mistaken for each other on a photocopy.
const LETTERS: &[u8; 32] = b"ABCDEFGHJKLMNPQRSTUVWXYZ23456789";

/// Seven letters drawn from a hash and a check letter, written `K7QF-2MNA`. The check letter finds
/// every single wrong letter and every swap of two neighbours.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CheckCode([u8; 8]);

/// The text is not such a code, or its check letter does not fit.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a check code: {0:?}")]
pub struct ParseCheckCodeError(pub String);

impl CheckCode {
    /// The code of a content, from the first 35 bits of its cryptographic hash.
    pub fn of_hash(hash: &[u8; 32]) -> Self {
        let bits = hash.iter().take(8).fold(0_u64, |sum, byte| sum << 8 | u64::from(*byte));
        Self::of_bits(bits >> 29)
    }

    /// The code that says this number; only its lowest 35 bits count.
    pub fn of_bits(bits: u64) -> Self {
        let mut values = [0; 8];
        for (at, value) in values.iter_mut().take(7).enumerate() {
            *value = u8::try_from(bits >> (30 - 5 * at) & 31).unwrap_or_default();
        }
        values[7] = check(&values[..7]);
        Self(values)
    }

    /// The 35 bits that the code says.
    pub fn bits(self) -> u64 {
        self.0.iter().take(7).fold(0, |sum, value| sum << 5 | u64::from(*value))
    }
}

/// The sum of the values, each multiplied by another power of a generator of the field of 32
/// elements (polynomial x⁵ + x² + 1).
fn check(values: &[u8]) -> u8 {
    values.iter().fold(0, |sum, value| double(sum ^ value))
}

fn double(value: u8) -> u8 {
    let shifted = value << 1;
    if shifted & 32 == 0 { shifted } else { (shifted ^ 0b10_0101) & 31 }
}

impl fmt::Display for CheckCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, value) in self.0.iter().enumerate() {
            if at == 4 {
                f.write_str("-")?;
            }
            write!(f, "{}", char::from(LETTERS[usize::from(*value)]))?;
        }
        Ok(())
    }
}

impl FromStr for CheckCode {
    type Err = ParseCheckCodeError;

    /// Reads a code as people type it: small letters, with or without the hyphen or a space.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let read = || {
            let letters = text.bytes().filter(|it| !matches!(it, b'-' | b' '));
            let values: Option<Vec<u8>> = letters
                .map(|it| LETTERS.iter().position(|known| *known == it.to_ascii_uppercase()))
                .map(|it| it.and_then(|at| u8::try_from(at).ok()))
                .collect();
            let values: [u8; 8] = values?.try_into().ok()?;
            (check(&values[..7]) == values[7]).then_some(Self(values))
        };
        read().ok_or_else(|| ParseCheckCodeError(text.to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_code_is_read_as_people_type_it() {
        let code = CheckCode::of_hash(&[7; 32]);
        let written = code.to_string();
        for text in [&written, &written.to_lowercase(), &written.replace('-', " ")] {
            assert_eq!(text.parse(), Ok(code), "{text}");
        }
        for text in ["", "K7QF", "K7QF-2MN0", "OOOO-OOOO"] {
            assert!(text.parse::<CheckCode>().is_err(), "{text}");
        }
    }

    proptest! {
        #[test]
        fn one_wrong_letter_or_one_swap_is_found(
            hash in proptest::array::uniform32(0_u8..),
            at in 0..8_usize,
            other in 0..32_u8,
        ) {
            let code = CheckCode::of_hash(&hash);
            prop_assert_eq!(code.to_string().parse(), Ok(code));
            prop_assert_eq!(CheckCode::of_bits(code.bits()), code);
            let mut wrong = code;
            wrong.0[at] = other;
            prop_assert_eq!(wrong.to_string().parse::<CheckCode>().is_ok(), wrong == code);
            let mut swapped = code;
            swapped.0.swap(at, (at + 1) % 8);
            if at < 7 {
                prop_assert_eq!(swapped.to_string().parse::<CheckCode>().is_ok(), swapped == code);
            }
        }
    }
}
