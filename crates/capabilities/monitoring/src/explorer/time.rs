//! When: one period, a span of them, or the last ones, as people write them.

use kernel::{Period, Quarter};

/// Fifteen years of quarters.
pub(super) const MOST_PERIODS: usize = 60;

/// A part of the time that is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Time {
    /// One period.
    One(Period),
    /// All the quarters, or all the years, from one to another.
    Range(Period, Period),
    /// The last quarters that may be seen.
    LastQuarters(u16),
    /// The last years, up to that of the last quarter that may be seen.
    LastYears(u16),
}

impl std::fmt::Display for Time {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::One(period) => period.fmt(f),
            Self::Range(from, to) => write!(f, "{from}-{to}"),
            Self::LastQuarters(count) => write!(f, "{count}T"),
            Self::LastYears(count) => write!(f, "{count}A"),
        }
    }
}

impl std::str::FromStr for Time {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let text = text.trim().to_uppercase();
        let count = |it: &str| it.parse::<u16>().ok().filter(|it| (1..=60).contains(it));
        if let Some((from, to)) = text.split_once('-') {
            let (from, to) = (period(from.trim())?, period(to.trim())?);
            let same = matches!(
                (from, to),
                (Period::Year(_), Period::Year(_)) | (Period::Quarter(_), Period::Quarter(_))
            );
            return if same && from <= to { Ok(Self::Range(from, to)) } else { Err(()) };
        }
        if let Ok(found) = period(&text) {
            return Ok(Self::One(found));
        }
        if let Some(found) = text.strip_suffix('T').and_then(count) {
            return Ok(Self::LastQuarters(found));
        }
        text.strip_suffix('A').and_then(count).map(Self::LastYears).ok_or(())
    }
}

/// A period of our time: what no local government can have is a slip of the finger.
fn period(text: &str) -> Result<Period, ()> {
    let found: Period = text.parse().map_err(|_| ())?;
    let year = match found {
        Period::Year(year) => year,
        Period::Quarter(quarter) => quarter.year(),
    };
    if (1990..=2200).contains(&year) { Ok(found) } else { Err(()) }
}

impl Time {
    /// The periods meant, oldest first; `last` is the latest quarter that may be seen.
    pub fn periods(self, last: Quarter) -> Vec<Period> {
        match self {
            Self::One(period) => vec![period],
            Self::Range(Period::Year(from), Period::Year(to)) => {
                (from..=to).map(Period::Year).take(MOST_PERIODS + 1).collect()
            }
            Self::Range(from, to) => {
                let next = |it: &Period| match it {
                    Period::Quarter(quarter) => Some(Period::Quarter(quarter.plus(1))),
                    Period::Year(_) => None,
                };
                std::iter::successors(Some(from), next)
                    .take_while(|it| *it <= to)
                    .take(MOST_PERIODS + 1)
                    .collect()
            }
            Self::LastQuarters(count) => {
                (0..i32::from(count)).rev().map(|back| Period::Quarter(last.plus(-back))).collect()
            }
            Self::LastYears(count) => {
                // A year that is not over is not a year yet.
                let over = if last.number() == 4 { last.year() } else { last.year() - 1 };
                (over.saturating_sub(count - 1)..=over).map(Period::Year).collect()
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_read_as_people_write_them() {
        let last: Quarter = "2024T3".parse().unwrap();
        for (text, expected) in [
            ("2024T1", "2024T1"),
            ("2024t1", "2024T1"),
            ("2019-2021", "2019 2020 2021"),
            ("2023T4-2024T2", "2023T4 2024T1 2024T2"),
            ("3T", "2024T1 2024T2 2024T3"),
            ("2A", "2022 2023"),
        ] {
            let time: Time = text.parse().unwrap();
            let told: Vec<String> = time.periods(last).iter().map(ToString::to_string).collect();
            assert_eq!(told.join(" "), expected, "{text}");
        }
        for text in ["", "2024T5", "2021-2019", "2019-2020T1", "0T", "61T", "T", "24", "3000"] {
            assert!(text.parse::<Time>().is_err(), "{text}");
        }
    }
}
