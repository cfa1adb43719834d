//! Sheet → CSV, for other programs and for the spreadsheets that people open it with.
//!
//! RFC 4180: comma, CRLF, quotes only where needed; UTF-8; point decimals without gaps; days as
//! `2024-12-31`; an unknown value is an empty cell. A formula never comes out: see [`defuse`].

use crate::{Cell, Sheet, WriteError};

/// What the reader's spreadsheet needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Options {
    /// Starts the file with the mark by which Excel knows UTF-8.
    pub byte_order_mark: bool,
    /// Between cells: `,` by the standard; `;` opens in columns in a French Excel.
    pub separator: u8,
}

impl Default for Options {
    fn default() -> Self {
        Self { byte_order_mark: false, separator: b',' }
    }
}

/// The bytes of the sheet, header first.
///
/// # Errors
///
/// If a row has another number of cells than there are columns.
pub fn write(sheet: &Sheet, options: Options) -> Result<Vec<u8>, WriteError> {
    sheet.check()?;
    let start = if options.byte_order_mark { "\u{feff}" } else { "" };
    let mut writer = csv::WriterBuilder::new()
        .delimiter(options.separator)
        .terminator(csv::Terminator::CRLF)
        .from_writer(start.as_bytes().to_vec());
    let broken = |it: csv::Error| WriteError::of("csv")(Box::new(it));
    writer.write_record(sheet.columns.iter().map(|it| defuse(&it.title))).map_err(broken)?;
    for row in &sheet.rows {
        writer.write_record(row.iter().map(field)).map_err(broken)?;
    }
    writer.into_inner().map_err(|it| WriteError::of("csv")(it.to_string().into()))
}

fn field(cell: &Cell) -> String {
    match cell {
        Cell::Empty => String::new(),
        Cell::Text(text) => defuse(text),
        Cell::Number(value) => value.to_string(),
        Cell::Date(day) => day.to_string(),
    }
}

/// The text with an apostrophe before each sign that a spreadsheet would take for the start of a
/// formula: `= + - @`, tab and line ends, also full-width, at the start of the text or right after
/// a character that another setting takes for a separator. A plain number (`-12.5`) stays one.
///
/// Source: the project's security design, threat T8; OWASP, *CSV Injection*.
pub fn defuse(text: &str) -> String {
    if is_number(text) {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len() + 1);
    let mut at_start = true;
    let mut leading = true;
    for letter in text.chars() {
        let signs = matches!(letter, '=' | '+' | '-' | '@' | '＝' | '＋' | '－' | '＠');
        let breaks = matches!(letter, '\t' | '\r' | '\n');
        if at_start && (signs || (breaks && out.is_empty())) {
            out.push('\'');
        }
        out.push(letter);
        leading &= letter.is_whitespace() || letter == '"';
        at_start = match letter {
            ',' | ';' | '|' | '\t' | '\r' | '\n' => true,
            '"' | '\'' => at_start,
            // Some programs cut spaces off before they look for a formula.
            _ => leading,
        };
    }
    out
}

fn is_number(text: &str) -> bool {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let (whole, places) = digits.split_once('.').unwrap_or((digits, "0"));
    let all_digits = |it: &str| !it.is_empty() && it.bytes().all(|it| it.is_ascii_digit());
    all_digits(whole) && all_digits(places)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Kind;
    use kernel::{Date, Decimal};
    use proptest::prelude::*;

    fn register() -> Sheet {
        let mut sheet = Sheet::new("Registre")
            .column("Commune", Kind::Text)
            .column("Écart", Kind::Number { places: 1 })
            .column("Signé le", Kind::Date);
        let day: Date = "2001-03-04".parse().unwrap();
        let gap: Decimal = "-1234.50".parse().unwrap();
        sheet.rows = vec![
            vec!["Ɲɛnɛ, \"la belle\"".into(), gap.into(), day.into()],
            vec!["=1+1".into(), Cell::Empty, Cell::Empty],
        ];
        sheet
    }

    #[test]
    fn a_sheet_becomes_lines_that_any_program_reads() {
        let bytes = write(&register(), Options::default()).unwrap();
        assert_eq!(
            String::from_utf8(bytes).unwrap(),
            "Commune,Écart,Signé le\r\n\"Ɲɛnɛ, \"\"la belle\"\"\",-1234.50,2001-03-04\r\n'=1+1,,\r\n"
        );
        let french = Options { byte_order_mark: true, separator: b';' };
        let bytes = write(&register(), french).unwrap();
        assert!(bytes.starts_with("\u{feff}Commune;Écart;".as_bytes()));
    }

    #[test]
    fn formulas_are_defused_and_numbers_stay_numbers() {
        for (text, expected) in [
            ("=1+1", "'=1+1"),
            ("+223 70 00 00 00", "'+223 70 00 00 00"),
            ("-cmd", "'-cmd"),
            ("@SUM(A1)", "'@SUM(A1)"),
            ("＝1", "'＝1"),
            ("\t=1", "'\t'=1"),
            ("\r\n=1", "'\r\n'=1"),
            ("  =1", "  '=1"),
            ("\"=1", "\"'=1"),
            ("eau;=1", "eau;'=1"),
            ("eau,\"=1", "eau,\"'=1"),
            ("ligne\n=1", "ligne\n'=1"),
            ("-12.5", "-12.5"),
            ("-3", "-3"),
            ("12", "12"),
            ("-1.2.3", "'-1.2.3"),
            ("2024-12-31", "2024-12-31"),
            ("Kita - Bafoulabé", "Kita - Bafoulabé"),
            ("santé, - eau", "santé, - eau"),
            ("", ""),
        ] {
            assert_eq!(defuse(text), expected, "{text:?}");
        }
    }

    #[test]
    fn a_sheet_without_rows_has_its_header() {
        let sheet = Sheet::new("Vide").column("Commune", Kind::Text);
        assert_eq!(write(&sheet, Options::default()).unwrap(), b"Commune\r\n");
    }

    proptest! {
        #[test]
        fn no_field_starts_a_formula(text in "[-=+@,;\"' a1\n\t]{0,12}") {
            let safe = defuse(&text);
            let start = safe.trim_start().trim_start_matches('"').chars().next();
            let number = safe.parse::<f64>().is_ok();
            prop_assert!(number || !matches!(start, Some('=' | '+' | '-' | '@')), "{safe:?}");
            prop_assert_eq!(safe.replace('\'', ""), text.replace('\'', ""));
        }
    }
}
