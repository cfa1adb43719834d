//! Numbers, dates and periods as people read them. In files and for programs: `Display`.
//!
//! Source: *Lexique des règles typographiques en usage à l'Imprimerie nationale*: thousands by a
//! narrow no-break space, decimal comma, true minus sign.

use crate::{Date, Decimal, Period, Quarter};

/// The narrow no-break space of French typography.
pub const NARROW: char = '\u{202f}';
/// The no-break space of French typography.
pub const NO_BREAK: char = '\u{a0}';

/// A language of the interface. French is the source language.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Language {
    /// Français.
    #[default]
    French,
    /// English.
    English,
}

impl Language {
    /// The two-letter code of HTML `lang` and of addresses.
    pub fn code(self) -> &'static str {
        match self {
            Self::French => "fr",
            Self::English => "en",
        }
    }

    /// The language of this code, if it is one of ours.
    pub fn from_code(code: &str) -> Option<Self> {
        match code {
            "fr" => Some(Self::French),
            "en" => Some(Self::English),
            _ => None,
        }
    }

    /// A whole number: `1 234 567`, `−12`.
    pub fn integer(self, value: i64) -> String {
        self.grouped(&value.unsigned_abs().to_string(), value < 0)
    }

    /// A decimal with all the places that it carries: `1 234,5`.
    pub fn decimal(self, value: Decimal) -> String {
        let text = value.abs().to_string();
        self.number_text(&text, value.is_sign_negative() && !value.is_zero())
    }

    /// A number already written for a program (`-1234.5`), rewritten for people; any other text
    /// (`n.d.`) comes back as it is.
    pub fn written(self, text: &str) -> String {
        let (negative, digits) = match text.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, text),
        };
        let plain = !digits.is_empty()
            && digits.bytes().all(|it| it.is_ascii_digit() || it == b'.')
            && digits.bytes().filter(|it| *it == b'.').count() <= 1
            && !digits.starts_with('.');
        if plain { self.number_text(digits, negative) } else { text.to_owned() }
    }

    fn number_text(self, text: &str, negative: bool) -> String {
        let (whole, places) = text.split_once('.').unwrap_or((text, ""));
        let mut out = self.grouped(whole, negative);
        if !places.is_empty() {
            out.push(match self {
                Self::French => ',',
                Self::English => '.',
            });
            out.push_str(places);
        }
        out
    }

    fn grouped(self, digits: &str, negative: bool) -> String {
        let gap = match self {
            Self::French => NARROW,
            Self::English => ',',
        };
        let mut out = String::with_capacity(digits.len() * 2);
        if negative {
            out.push('−');
        }
        for (at, digit) in digits.chars().enumerate() {
            if at > 0 && (digits.len() - at).is_multiple_of(3) {
                out.push(gap);
            }
            out.push(digit);
        }
        out
    }

    /// A date in a sentence: `1er janvier 2025`, `1 January 2025`.
    pub fn long_date(self, day: Date) -> String {
        let month = usize::from(day.month().unsigned_abs()) - 1;
        match self {
            Self::French => {
                let number = if day.day() == 1 { "1er".to_owned() } else { day.day().to_string() };
                format!("{number}{NO_BREAK}{} {}", FRENCH_MONTHS[month], day.year())
            }
            Self::English => {
                format!("{}{NO_BREAK}{} {}", day.day(), ENGLISH_MONTHS[month], day.year())
            }
        }
    }

    /// A date in a table: `12/02/2025`.
    pub fn short_date(self, day: Date) -> String {
        format!("{:02}/{:02}/{}", day.day(), day.month(), day.year())
    }

    /// A date and hour (universal time, which is Mali's) in a status line: `12/02/2025 10:42`.
    pub fn instant(self, millis: i64) -> String {
        let minutes = millis.rem_euclid(86_400_000) / 60_000;
        format!(
            "{} {:02}:{:02}",
            self.short_date(Date::from_millis(millis)),
            minutes / 60,
            minutes % 60
        )
    }

    /// A quarter in a sentence: `4e trimestre 2024`.
    pub fn quarter(self, quarter: Quarter) -> String {
        match self {
            Self::French => {
                let rank = if quarter.number() == 1 {
                    "1er"
                } else {
                    FRENCH_RANKS[usize::from(quarter.number()) - 1]
                };
                format!("{rank}{NO_BREAK}trimestre {}", quarter.year())
            }
            Self::English => format!("quarter {} of {}", quarter.number(), quarter.year()),
        }
    }

    /// A quarter where room is short: `T4 2024`, `Q4 2024`.
    pub fn short_quarter(self, quarter: Quarter) -> String {
        let letter = match self {
            Self::French => 'T',
            Self::English => 'Q',
        };
        format!("{letter}{}{NO_BREAK}{}", quarter.number(), quarter.year())
    }

    /// A period where room is short: `T4 2024` or `2024`.
    pub fn period(self, period: Period) -> String {
        match period {
            Period::Year(year) => year.to_string(),
            Period::Quarter(quarter) => self.short_quarter(quarter),
        }
    }
}

const FRENCH_RANKS: [&str; 4] = ["1er", "2e", "3e", "4e"];
const FRENCH_MONTHS: [&str; 12] = [
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
];
const ENGLISH_MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// Reads a number as people type it: spaces of any kind between thousands, decimal comma or point,
/// true or typed minus. `None` if it is anything else, or beyond 28 digits.
///
/// `1 234 567`, `1234567`, `1 234,5`, `1234.5`, `−3` are read; `1.234.567` is read as thousands
/// since it has two points; `1,234,567` likewise. `12e3`, `1 2`, an empty text are not numbers.
pub fn read_number(text: &str) -> Option<Decimal> {
    let text = text.trim();
    let (negative, body) = match text.chars().next()? {
        '-' | '−' => (true, text.get(text.char_indices().nth(1)?.0..)?),
        _ => (false, text),
    };
    let body: String = body
        .chars()
        .map(|it| if matches!(it, NARROW | NO_BREAK | '\u{2009}') { ' ' } else { it })
        .collect();
    let body = body.trim();
    let points = body.matches('.').count();
    let commas = body.matches(',').count();
    let (whole, places) = match (points, commas) {
        (0, 0) => (body, ""),
        (1, 0) => body.split_once('.')?,
        (0, 1) => body.split_once(',')?,
        (_, 1) if body.rfind(',') > body.rfind('.') => body.split_once(',')?,
        (1, _) if body.rfind('.') > body.rfind(',') => body.split_once('.')?,
        _ => (body, ""),
    };
    let groups: Vec<&str> = whole.split([' ', '.', ',']).collect();
    let lengths_hold = groups.len() == 1
        || (groups.first().is_some_and(|it| (1..=3).contains(&it.len()))
            && groups.iter().skip(1).all(|it| it.len() == 3));
    let digits = groups.concat();
    let all_digits = !digits.is_empty()
        && digits.bytes().all(|it| it.is_ascii_digit())
        && places.bytes().all(|it| it.is_ascii_digit());
    let dangling = (points + commas > 0) && places.is_empty() && groups.len() == 1;
    if !lengths_hold || !all_digits || dangling {
        return None;
    }
    let plain = if places.is_empty() { digits } else { format!("{digits}.{places}") };
    let number: Decimal = plain.parse().ok()?;
    Some(if negative { -number } else { number })
}

/// A day as people write it: `2024-12-31`, `31/12/2024`, `31-12-2024` or `31.12.2024`. The month
/// never comes first.
pub fn read_date(text: &str) -> Option<Date> {
    let text = text.trim();
    if !(8..=10).contains(&text.len()) {
        return None;
    }
    let parts: Vec<&str> = text.split(['/', '-', '.']).collect();
    let [first, second, third] = parts.as_slice() else { return None };
    let read = |it: &str, most: usize| -> Option<i16> {
        let plain = !it.is_empty() && it.len() <= most && it.bytes().all(|it| it.is_ascii_digit());
        if plain { it.parse().ok() } else { None }
    };
    let (year, month, day) = match (first.len(), third.len()) {
        (4, _) => (read(first, 4)?, read(second, 2)?, read(third, 2)?),
        (_, 4) => (read(third, 4)?, read(second, 2)?, read(first, 2)?),
        _ => return None,
    };
    Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_as_the_country_writes_them() {
        let french = Language::French;
        assert_eq!(french.integer(1_234_567), "1\u{202f}234\u{202f}567");
        assert_eq!(french.integer(-12), "−12");
        assert_eq!(french.written("1234.5"), "1\u{202f}234,5");
        assert_eq!(french.written("-3.2"), "−3,2");
        assert_eq!(french.written("n.d."), "n.d.");
        assert_eq!(Language::English.written("1234.5"), "1,234.5");
    }

    #[test]
    fn days_are_read_as_people_type_them() {
        let last = Date::new(2024, 12, 31);
        for (text, expected) in [
            ("2024-12-31", last),
            (" 31/12/2024 ", last),
            ("31.12.2024", last),
            ("31-12-2024", last),
            ("1/2/2024", Date::new(2024, 2, 1)),
            ("12/31/2024", None),
            ("31/12/24", None),
            ("30/02/2024", None),
            ("hier", None),
            ("", None),
        ] {
            assert_eq!(read_date(text), expected, "{text}");
        }
    }

    #[test]
    fn numbers_are_read_as_people_type_them() {
        for (text, expected) in [
            ("1 234 567", Some("1234567")),
            ("1\u{202f}234\u{a0}567", Some("1234567")),
            ("1234567", Some("1234567")),
            ("12,5", Some("12.5")),
            ("12.5", Some("12.5")),
            ("1 234,5", Some("1234.5")),
            ("1.234.567", Some("1234567")),
            ("−3", Some("-3")),
            ("0", Some("0")),
            ("1 2", None),
            ("12e3", None),
            ("12,", None),
            ("", None),
            ("-", None),
            ("douze", None),
        ] {
            let expected: Option<Decimal> = expected.map(|it| it.parse().unwrap());
            assert_eq!(read_number(text), expected, "{text:?}");
        }
    }

    #[test]
    fn dates_and_quarters_in_french() {
        let day: Date = "2025-01-01".parse().unwrap();
        assert_eq!(Language::French.long_date(day), "1er\u{a0}janvier 2025");
        assert_eq!(Language::French.short_date(day), "01/01/2025");
        assert_eq!(Language::French.quarter(Quarter::of(day)), "1er\u{a0}trimestre 2025");
    }
}
