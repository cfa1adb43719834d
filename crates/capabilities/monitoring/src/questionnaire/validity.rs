//! The time for which a parameter holds, as the content writes it.

use kernel::{Date, Quarter};

/// From a day to a day, both included; open where there is none.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Validity {
    from: Option<Date>,
    to: Option<Date>,
}

impl Validity {
    /// Reads `2010-2020`, `2010-`, `-2020`, `depuis 2017`, `2017`, `2025T1 à 2025T4`,
    /// `depuis 2024-07-01`. An empty text is always. `None` if it is no time.
    pub fn read(text: &str) -> Option<Self> {
        let text = text.trim();
        if text.is_empty() {
            return Some(Self::default());
        }
        if let Some(rest) = text.strip_prefix("depuis ") {
            return Some(Self { from: Some(bounds(rest)?.0), to: None });
        }
        if let Some(rest) = text.strip_prefix("jusqu'à ").or(text.strip_prefix("jusqu’à ")) {
            return Some(Self { from: None, to: Some(bounds(rest)?.1) });
        }
        if let Some(both) = bounds(text) {
            return Some(Self { from: Some(both.0), to: Some(both.1) });
        }
        let (from, to) = text.split_once(" à ").or_else(|| text.split_once('-'))?;
        let (from, to) = (from.trim(), to.trim());
        let read = |it: &str| if it.is_empty() { Some(None) } else { bounds(it).map(Some) };
        let (from, to) = (read(from)?, read(to)?);
        let both = from.zip(to).is_none_or(|(from, to)| from.0 <= to.1);
        both.then(|| Self { from: from.map(|it| it.0), to: to.map(|it| it.1) })
    }

    /// The first day, if there is one.
    pub fn begins(&self) -> Option<Date> {
        self.from
    }

    /// Whether it holds on a day.
    pub fn holds(&self, day: Date) -> bool {
        self.from.is_none_or(|it| it <= day) && self.to.is_none_or(|it| day <= it)
    }
}

/// The first and the last day of a year, a quarter or a day.
fn bounds(text: &str) -> Option<(Date, Date)> {
    let text = text.trim();
    if let Ok(quarter) = text.parse::<Quarter>() {
        return Some((quarter.first_day(), quarter.last_day()));
    }
    if let Ok(day) = text.parse::<Date>() {
        return Some((day, day));
    }
    let year: u16 = text.parse().ok().filter(|_| text.len() == 4)?;
    Some((Quarter::new(year, 1)?.first_day(), Quarter::new(year, 4)?.last_day()))
}

/// Of several values of one parameter, the place of the one that holds on a day: the latest begun
/// of those that hold; for lack of one, the last that held before, since a norm is applied until
/// another replaces it; for lack of that too, the first to come.
pub(crate) fn on(values: &[Validity], day: Date) -> Option<usize> {
    let numbered = || values.iter().enumerate();
    let holding = numbered().filter(|it| it.1.holds(day)).max_by_key(|it| it.1.from);
    let before =
        || numbered().filter(|it| it.1.from.is_none_or(|it| it <= day)).max_by_key(|it| it.1.to);
    let after = || numbered().min_by_key(|it| it.1.from);
    holding.or_else(before).or_else(after).map(|it| it.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_read_as_sources_write_them() {
        let day = |it: &str| -> Date { it.parse().unwrap() };
        for (text, inside, outside) in [
            ("2010-2020", "2020-12-31", "2021-01-01"),
            ("1996-", "2030-01-01", "1995-12-31"),
            ("-2020", "1990-01-01", "2021-01-01"),
            ("depuis 2017", "2017-01-01", "2016-12-31"),
            ("2017", "2017-06-01", "2018-01-01"),
            ("2025T1 à 2025T2", "2025-06-30", "2025-07-01"),
            ("depuis 2024-07-01", "2024-07-01", "2024-06-30"),
            ("jusqu'à 2024", "2024-12-31", "2025-01-01"),
        ] {
            let read = Validity::read(text).unwrap();
            assert!(read.holds(day(inside)), "{text} {inside}");
            assert!(!read.holds(day(outside)), "{text} {outside}");
        }
        for text in ["un jour", "2020-2010", "20", "2024-13-01"] {
            assert_eq!(Validity::read(text), None, "{text}");
        }
        assert!(Validity::read("").unwrap().holds(day("1960-09-22")));
    }

    #[test]
    fn the_latest_begun_of_the_values_that_hold_is_in_force() {
        let day = |it: &str| -> Date { it.parse().unwrap() };
        let values =
            ["2001-2007", "2005-2006", "depuis 2017"].map(|it| Validity::read(it).unwrap());
        for (at, expected) in [
            ("1999-01-01", 0), // None has begun: the first to come.
            ("2002-01-01", 0),
            ("2006-01-01", 1),
            ("2010-01-01", 0), // None holds: the last that ended.
            ("2020-01-01", 2),
        ] {
            assert_eq!(on(&values, day(at)), Some(expected), "{at}");
        }
    }
}
