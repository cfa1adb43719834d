//! Civil dates, quarters and periods. No time zone: an act is dated by the calendar of its town.

use std::fmt;
use std::str::FromStr;

/// A civil date of the Gregorian calendar, written `2026-11-25`.
///
/// A thin coat over `jiff::civil::Date` so that storage and pages share one spelling.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date(jiff::civil::Date);

/// The text is not a date written `AAAA-MM-JJ`.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a date written AAAA-MM-JJ: {0:?}")]
pub struct ParseDateError(pub String);

impl Date {
    /// The date of these numbers, or `None` if the calendar has no such day.
    pub fn new(year: i16, month: i8, day: i8) -> Option<Self> {
        jiff::civil::Date::new(year, month, day).ok().map(Self)
    }

    /// The civil date, in universal time, of an instant in milliseconds since 1970. Mali keeps
    /// universal time all year, so this is also its local date.
    pub fn from_millis(millis: i64) -> Self {
        let days = millis.div_euclid(86_400_000);
        let epoch = jiff::civil::date(1970, 1, 1);
        let span = jiff::Span::new().try_days(days).unwrap_or_default();
        Self(epoch.saturating_add(span))
    }

    /// Midnight, in universal time, in milliseconds since 1970.
    pub fn to_millis(self) -> i64 {
        let epoch = jiff::civil::date(1970, 1, 1);
        let days = epoch.until(self.0).map(|it| i64::from(it.get_days())).unwrap_or_default();
        days * 86_400_000
    }

    /// The year.
    pub fn year(self) -> i16 {
        self.0.year()
    }

    /// The month, 1 to 12.
    pub fn month(self) -> i8 {
        self.0.month()
    }

    /// The day of the month, 1 to 31.
    pub fn day(self) -> i8 {
        self.0.day()
    }

    /// This many days later (earlier if negative), held at the ends of the calendar.
    pub fn plus_days(self, days: i32) -> Self {
        Self(self.0.saturating_add(jiff::Span::new().days(days)))
    }

    /// This many months later; the last day of a shorter month stands for a missing day.
    pub fn plus_months(self, months: i32) -> Self {
        Self(self.0.saturating_add(jiff::Span::new().months(months)))
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.0.year(), self.0.month(), self.0.day())
    }
}

impl FromStr for Date {
    type Err = ParseDateError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let read = || {
            let (year, rest) = text.split_once('-')?;
            let (month, day) = rest.split_once('-')?;
            Self::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?)
        };
        read().filter(|it| it.to_string() == text).ok_or_else(|| ParseDateError(text.to_owned()))
    }
}

impl serde::Serialize for Date {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> serde::Deserialize<'de> for Date {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = <String as serde::Deserialize>::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

/// A calendar quarter, the period of the monitoring returns. Written `2024T4` everywhere, as in
/// the reference questionnaire.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Quarter {
    year: u16,
    // Invariant: 1 to 4.
    number: u8,
}

/// The text is not a quarter written `2024T4`.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a quarter written 2024T4: {0:?}")]
pub struct ParseQuarterError(pub String);

impl Quarter {
    /// The quarter of this number (1 to 4), or `None`.
    pub fn new(year: u16, number: u8) -> Option<Self> {
        ((1..=4).contains(&number) && (1..=9999).contains(&year)).then_some(Self { year, number })
    }

    /// The quarter that holds this day.
    pub fn of(day: Date) -> Self {
        let number = (day.month() - 1) / 3 + 1;
        Self { year: day.year().unsigned_abs(), number: number.unsigned_abs() }
    }

    /// The calendar year.
    pub fn year(self) -> u16 {
        self.year
    }

    /// 1 to 4.
    pub fn number(self) -> u8 {
        self.number
    }

    /// This many quarters later (earlier if negative).
    pub fn plus(self, quarters: i32) -> Self {
        let index = i32::from(self.year) * 4 + i32::from(self.number) - 1 + quarters;
        let index = index.clamp(4, 9999 * 4 + 3);
        Self {
            year: u16::try_from(index / 4).unwrap_or(1),
            number: u8::try_from(index % 4 + 1).unwrap_or(1),
        }
    }

    /// The first day of the quarter.
    pub fn first_day(self) -> Date {
        let month = i8::try_from(self.number).unwrap_or(1) * 3 - 2;
        let year = i16::try_from(self.year).unwrap_or(1);
        Date::new(year, month, 1).unwrap_or(Date(jiff::civil::Date::ZERO))
    }

    /// The last day of the quarter.
    pub fn last_day(self) -> Date {
        self.first_day().plus_months(3).plus_days(-1)
    }
}

impl fmt::Display for Quarter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}T{}", self.year, self.number)
    }
}

impl FromStr for Quarter {
    type Err = ParseQuarterError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let read = || {
            let (year, number) = text.split_once('T')?;
            Self::new(year.parse().ok()?, number.parse().ok()?)
        };
        read().filter(|it| it.to_string() == text).ok_or_else(|| ParseQuarterError(text.to_owned()))
    }
}

/// The period of a value: a quarter (`2024T4`) or a calendar year (`2024`). For a school form the
/// year is the one in which the school year opens.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Period {
    /// A whole year.
    Year(u16),
    /// A quarter.
    Quarter(Quarter),
}

impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Year(year) => write!(f, "{year:04}"),
            Self::Quarter(quarter) => quarter.fmt(f),
        }
    }
}

impl FromStr for Period {
    type Err = ParseQuarterError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        if let Ok(quarter) = text.parse() {
            return Ok(Self::Quarter(quarter));
        }
        text.parse()
            .ok()
            .map(Self::Year)
            .filter(|it| it.to_string() == text)
            .ok_or_else(|| ParseQuarterError(text.to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_date_is_read_only_as_it_is_written() {
        for (text, expected) in [
            ("2024-02-29", true),
            ("2023-02-29", false),
            ("2024-2-29", false),
            ("+2024-02-09", false),
            ("", false),
        ] {
            assert_eq!(text.parse::<Date>().is_ok(), expected, "{text}");
        }
    }

    #[test]
    fn a_quarter_knows_its_days_and_neighbours() {
        let quarter: Quarter = "2024T4".parse().unwrap();
        assert_eq!(quarter.first_day().to_string(), "2024-10-01");
        assert_eq!(quarter.last_day().to_string(), "2024-12-31");
        assert_eq!(quarter.plus(1).to_string(), "2025T1");
        assert_eq!(quarter.plus(-4).to_string(), "2023T4");
        assert!("2024T5".parse::<Quarter>().is_err());
        assert!("2024-T4".parse::<Quarter>().is_err());
    }

    #[test]
    fn an_instant_falls_on_its_day() {
        for text in ["1970-01-01", "1969-12-31", "2026-11-25"] {
            let day: Date = text.parse().unwrap();
            assert_eq!(Date::from_millis(day.to_millis()), day);
            assert_eq!(Date::from_millis(day.to_millis() + 86_399_999), day);
        }
    }

    proptest! {
        #[test]
        fn quarters_read_back_what_they_write(year in 1..=9999u16, number in 1..=4u8) {
            let quarter = Quarter { year, number };
            prop_assert_eq!(quarter.to_string().parse(), Ok(quarter));
            prop_assert_eq!(Quarter::of(quarter.last_day()), quarter);
        }
    }
}
