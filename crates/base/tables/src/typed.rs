//! Numbers and days as clumsy files hold them.

use crate::Value;
use kernel::{Date, Decimal};

/// Excel keeps fifteen digits: what comes after is the noise of its binary numbers.
const DIGITS: u32 = 15;

/// A number as people write it: spaces of any kind, comma or point. `1,234` alone could be a
/// thousand or a decimal; it is read as a decimal, as French does.
pub fn read_number(text: &str) -> Option<Decimal> {
    kernel::format::read_number(text)
}

/// A day as people write it, the year or the day first; see [`kernel::format::read_date`].
pub fn read_date(text: &str) -> Option<Date> {
    kernel::format::read_date(text)
}

/// A text that may be a number, a share or a day; and whether it had to be understood.
pub(crate) fn understood(text: &str) -> Value {
    let text = text.trim_matches(|it: char| it.is_whitespace() || it == '\u{feff}');
    if text.is_empty() {
        return Value::Empty;
    }
    // A code (`007`, `+223…`) is not a number: its first nought would be lost.
    let is_code = text.len() > 1
        && text.starts_with('0')
        && text.as_bytes().get(1).is_some_and(u8::is_ascii_digit);
    if let Some(day) = read_date(text) {
        return Value::Date(day);
    }
    if text.len() <= 40 && !is_code {
        if let Some(number) = read_number(text) {
            return Value::Number(number);
        }
        if let Some(share) = text.strip_suffix('%').and_then(read_number) {
            return Value::Percent(share);
        }
    }
    if is_fault(text) { Value::Fault(text.to_owned()) } else { Value::Text(text.to_owned()) }
}

/// Whether a text is the word of a spreadsheet for a mistake.
pub(crate) fn is_fault(text: &str) -> bool {
    const FAULTS: [&str; 9] =
        ["#REF!", "#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#VALUE!", "#NOM?", "#VALEUR!"];
    FAULTS.contains(&text) || (text.starts_with("Err:") && text.len() == 7)
}

/// A number as a workbook stores it (`1234.5`, `1.2E+5`), without the noise of binary numbers.
pub(crate) fn stored_number(text: &str) -> Option<Decimal> {
    let text = text.trim();
    if 64 < text.len() {
        return None;
    }
    let number = match text.parse::<Decimal>() {
        Ok(it) => it,
        Err(_) => Decimal::from_scientific(text).ok()?,
    };
    Some(number.round_sf(DIGITS).unwrap_or(number).normalize())
}

/// The day of a serial number: days since the end of 1899 (of 1903 in old Macintosh files).
pub(crate) fn serial_day(number: Decimal, since_1904: bool) -> Option<Date> {
    let days: i32 = number.trunc().to_string().parse().ok()?;
    if !(1..=2_958_465).contains(&days) {
        return None;
    }
    let origin = match since_1904 {
        true => Date::new(1904, 1, 1)?,
        // Excel believes that 1900 had a 29 February: before March of that year it is a day off.
        false if days < 60 => Date::new(1899, 12, 31)?,
        false => Date::new(1899, 12, 30)?,
    };
    Some(origin.plus_days(days))
}
