//! The code printed on each page of a form: which place, quarter, form and questionnaire it is of,
//! in eight letters that a person can read out and type.
//!
//! The code needs no list of what was printed: another post, or the same one after its base was
//! restored, reads it as well. Official codes of places (`ML020103`) are told by their numbers;
//! others by a short hash, which is sought among the places where the person may type. Two places
//! with one hash are both offered.

use crate::questionnaire::{Questionnaire, Tier};
use documents::CheckCode;
use kernel::Quarter;

/// The first year that a code can say; sixty-four years have room.
const FIRST_YEAR: u16 = 1990;
/// All that the seven letters before the check letter hold.
const BITS: u32 = 35;
const MASK: u64 = (1 << BITS) - 1;
/// An odd number: multiplying by it modulo a power of two can be undone. It scatters the codes, so
/// that the forms of neighbours do not look alike.
const SCATTER: u64 = 0x5_6b3d_27a9 & MASK;
const HASHED: u64 = 1 << 17;

/// A place as a code tells it: 18 bits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place(u64);

impl Place {
    /// What the code says of a unit.
    pub fn of(unit: &str) -> Self {
        Self(numbers(unit).unwrap_or_else(|| {
            let hash = blake3::hash(unit.as_bytes());
            let bytes = hash.as_bytes();
            let bits = u64::from(bytes[0]) << 16 | u64::from(bytes[1]) << 8 | u64::from(bytes[2]);
            HASHED | bits & (HASHED - 1)
        }))
    }

    /// The official code of the unit, if it is told by its numbers.
    pub fn official(self) -> Option<String> {
        if self.0 & HASHED != 0 {
            return None;
        }
        let (region, cercle, commune) = (self.0 >> 11 & 31, self.0 >> 6 & 31, self.0 & 63);
        Some(match commune {
            0 => format!("ML{region:02}{cercle:02}"),
            _ => format!("ML{region:02}{cercle:02}{commune:02}"),
        })
    }
}

/// `ML`, region, cercle and commune of the official list; a cercle has commune 0.
fn numbers(unit: &str) -> Option<u64> {
    let digits = unit.strip_prefix("ML")?;
    if !matches!(digits.len(), 4 | 6) || !digits.bytes().all(|it| it.is_ascii_digit()) {
        return None;
    }
    let part = |at: usize| digits.get(at..at + 2).map_or(Some(0), |it| it.parse::<u64>().ok());
    let (region, cercle, commune) = (part(0)?, part(2)?, part(4)?);
    let fits = region < 32 && cercle < 32 && commune < 64 && (digits.len() == 4 || commune != 0);
    fits.then_some(region << 11 | cercle << 6 | commune)
}

/// What the code of a page says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PaperCode {
    /// The place.
    pub place: Place,
    /// The quarter.
    pub quarter: Quarter,
    /// The place of the form in its questionnaire, from 1; 0 if it has none in 15.
    pub form: u8,
    /// Core or complete.
    pub tier: Tier,
    /// Four bits of the hash of the form: whether it is the one in force here.
    pub edition: u8,
}

/// Four bits of the hash of a form of a questionnaire.
pub fn edition_of(mark: &str) -> u8 {
    blake3::hash(mark.as_bytes()).as_bytes()[0] & 15
}

impl PaperCode {
    /// The code of a form of a unit for a quarter. `None` before 1990 and after 2053.
    pub fn new(
        questionnaire: &Questionnaire,
        unit: &str,
        quarter: Quarter,
        data_set: u16,
        tier: Tier,
    ) -> Option<Self> {
        let year = quarter.year().checked_sub(FIRST_YEAR)?;
        let form = u8::try_from(data_set + 1).ok().filter(|it| *it < 16).unwrap_or_default();
        let edition = edition_of(questionnaire.form_mark(data_set));
        (year < 64).then_some(Self { place: Place::of(unit), quarter, form, tier, edition })
    }

    /// Its eight letters.
    pub fn letters(self) -> CheckCode {
        let year = u64::from(self.quarter.year().saturating_sub(FIRST_YEAR)) & 63;
        let quarter = year << 2 | u64::from(self.quarter.number() - 1) & 3;
        let tier = u64::from(self.tier == Tier::Complete);
        let bits = self.place.0 & (HASHED * 2 - 1);
        let bits = bits << 8 | quarter;
        let bits = bits << 4 | u64::from(self.form & 15);
        let bits = bits << 1 | tier;
        CheckCode::of_bits(scatter(bits << 4 | u64::from(self.edition & 15)))
    }

    /// What eight letters say. Every code with its check letter says something; whether there is
    /// such a place is for the caller to see.
    pub fn read(letters: CheckCode) -> Option<Self> {
        let bits = gather(letters.bits());
        let number = |from: u32, width: u32| {
            u8::try_from(bits >> from & ((1 << width) - 1)).unwrap_or_default()
        };
        let year = FIRST_YEAR + u16::from(number(11, 6));
        Some(Self {
            place: Place(bits >> 17),
            quarter: Quarter::new(year, number(9, 2) + 1)?,
            form: number(5, 4),
            tier: if number(4, 1) == 1 { Tier::Complete } else { Tier::Core },
            edition: number(0, 4),
        })
    }

    /// The code of its form in this questionnaire: `J04`.
    pub fn form_in(self, questionnaire: &Questionnaire) -> Option<&str> {
        let at = usize::from(self.form).checked_sub(1)?;
        questionnaire.data_sets().get(at).map(|it| it.code.as_str())
    }

    /// Whether it was printed from this questionnaire.
    pub fn is_of(self, questionnaire: &Questionnaire) -> bool {
        let form = u16::from(self.form).checked_sub(1);
        let mark = form.map_or(questionnaire.mark(), |it| questionnaire.form_mark(it));
        self.edition == edition_of(mark)
    }
}

fn scatter(bits: u64) -> u64 {
    let mixed = bits.wrapping_mul(SCATTER) & MASK;
    // More than half of the bits: done twice, it undoes itself.
    (mixed ^ mixed >> 18).wrapping_mul(SCATTER) & MASK
}

fn gather(bits: u64) -> u64 {
    // Newton's iteration: each step doubles how many low bits of the inverse are right.
    let inverse =
        (0..6).fold(SCATTER, |it, _| it.wrapping_mul(2_u64.wrapping_sub(SCATTER.wrapping_mul(it))));
    let mixed = bits.wrapping_mul(inverse) & MASK;
    (mixed ^ mixed >> 18).wrapping_mul(inverse) & MASK
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn code(unit: &str) -> PaperCode {
        let questionnaire = Questionnaire::shipped().unwrap();
        PaperCode::new(questionnaire, unit, "2024T4".parse().unwrap(), 3, Tier::Core).unwrap()
    }

    #[test]
    fn a_code_says_its_form() {
        let questionnaire = Questionnaire::shipped().unwrap();
        for unit in ["ML010312", "ML0209", "EX-C1", "ML99", "ML019999", "SN-DK-01"] {
            let printed = code(unit);
            let read = PaperCode::read(printed.letters()).unwrap();
            assert_eq!(read, printed, "{unit}");
            assert_eq!(read.place, Place::of(unit), "{unit}");
            assert_eq!(read.form_in(questionnaire), Some("J04"));
            assert!(read.is_of(questionnaire));
        }
        assert_eq!(Place::of("ML010312").official().as_deref(), Some("ML010312"));
        assert_eq!(Place::of("ML0209").official().as_deref(), Some("ML0209"));
        assert_eq!(Place::of("EX-C1").official(), None);
    }

    proptest! {
        #[test]
        fn every_code_reads_back(bits in 0..1_u64 << 35) {
            prop_assert_eq!(gather(scatter(bits)), bits);
            let letters = CheckCode::of_bits(bits);
            let read = PaperCode::read(letters).unwrap();
            prop_assert_eq!(read.letters(), letters);
        }

        #[test]
        fn one_wrong_letter_or_two_swapped_neighbours_are_refused(
            commune in 1..64_u8,
            year in 1990..2054_u16,
            number in 1..5_u8,
            at in 0..8_usize,
            other in 0..32_usize,
        ) {
            let unit = format!("ML0307{commune:02}");
            let quarter = Quarter::new(year, number).unwrap();
            let questionnaire = Questionnaire::shipped().unwrap();
            let printed = PaperCode::new(questionnaire, &unit, quarter, 5, Tier::Complete).unwrap();
            let letters: Vec<u8> = printed.letters().to_string().bytes().filter(|it| *it != b'-').collect();
            let refused = |it: &[u8]| {
                it == letters.as_slice() || String::from_utf8(it.to_vec()).unwrap().parse::<CheckCode>().is_err()
            };
            let mut wrong = letters.clone();
            wrong[at] = b"ABCDEFGHJKLMNPQRSTUVWXYZ23456789"[other];
            prop_assert!(refused(&wrong));
            let mut swapped = letters.clone();
            swapped.swap(at, (at + 1) % 8);
            prop_assert!(refused(&swapped));
        }
    }
}
