//! A file of values in whatever form it comes, made into the one text that the import reads.

use super::import::{ImportRefused, Preview, preview};
use db::Tx;
use identity::Actor;
use kernel::{Date, Message, Reject, Stop};
use std::borrow::Cow;
use std::collections::BTreeSet;
use tables::{Limits, letters};

/// The columns that a file of values must have.
const NEEDED: [&str; 5] = ["element", "unite_org", "periode", "options", "valeur"];
/// So many faults are told at once; whoever has more has another file in hand.
const TOLD: usize = 30;

/// A file of values as text; the numbers of its lines are those of the file.
#[derive(Clone, Debug)]
pub struct ValuesText {
    /// CSV with the columns `element,unite_org,periode,options,valeur`.
    pub text: String,
    /// What was met while reading.
    pub notes: Vec<tables::Note>,
    /// The lines of totals that were left out.
    pub totals: Vec<u32>,
    columns: Vec<(String, u16)>,
}

/// Why a file does not become a text of values.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ForeignRefused {
    /// It is no table, or too large.
    #[error(transparent)]
    Table(#[from] tables::Refused),
    /// Two columns have the name of one of ours.
    #[error("{file}: {column:?} twice in the headings of line {line}")]
    ColumnTwice {
        /// The file.
        file: String,
        /// The line of the headings.
        line: u32,
        /// The column.
        column: &'static str,
    },
    /// No sheet has the columns.
    #[error("{file}: no {column:?} in the headings of line {line}")]
    NoColumn {
        /// The file.
        file: String,
        /// The line that looks most like headings.
        line: u32,
        /// The first column that is missing.
        column: &'static str,
    },
}

impl Reject for ForeignRefused {
    fn message(&self) -> Message {
        match self {
            Self::Table(it) => it.message(),
            Self::ColumnTwice { file, line, column } => Message::new("foreign-column-twice")
                .with("file", file)
                .with("line", line)
                .with("heading", column),
            Self::NoColumn { file, line, column } => Message::new("foreign-no-column")
                .with("file", file)
                .with("line", line)
                .with("heading", column),
        }
    }
}

impl ValuesText {
    /// Reads the bytes of a file: the usual CSV as it is, anything else through `tables`.
    ///
    /// # Errors
    ///
    /// If it is no table, or lacks one of the columns.
    pub fn read(file: &str, bytes: &[u8]) -> Result<Self, ForeignRefused> {
        if let Some(text) = usual(bytes) {
            let columns = text.lines().next().unwrap_or_default().split([',', ';']);
            let columns = columns.map(|it| it.trim_matches('"').to_owned()).zip(0..).collect();
            // The preview and the acceptance must look at the same bytes.
            let text = text.replace("\r\n", "\n");
            return Ok(Self { text, notes: Vec::new(), totals: Vec::new(), columns });
        }
        let book = tables::read(bytes, file, &Limits::default())?;
        let mut lacking = None;
        for sheet in &book.sheets {
            let found = sheet.find_headings(&NEEDED).or_else(|| sheet.guess_headings());
            let Some(line) = found else { continue };
            let headings = sheet.headings(line);
            let columns = NEEDED.map(|wanted| -> Vec<u16> {
                let wanted = wanted.replace('_', " ");
                let same = |it: &&tables::Heading| kernel::search::fold(&it.text) == wanted;
                headings.iter().filter(same).map(|it| it.column).collect()
            });
            if let Some(at) = columns.iter().position(|it| 1 < it.len()) {
                let (file, column) = (file.to_owned(), NEEDED[at]);
                return Err(ForeignRefused::ColumnTwice { file, line, column });
            }
            let found = columns.map(|it| it.first().copied());
            if let Some(at) = found.iter().position(Option::is_none) {
                let column = NEEDED[at];
                lacking = lacking.or(Some(ForeignRefused::NoColumn {
                    file: file.to_owned(),
                    line,
                    column,
                }));
                continue;
            }
            let found: Vec<u16> = found.into_iter().flatten().collect();
            let mut text = String::new();
            let mut at = 1;
            let mut write = |line: u32, cells: &[String]| {
                while at < line {
                    text.push('\n');
                    at += 1;
                }
                let cells: Vec<String> = cells.iter().map(|it| quoted(it)).collect();
                text.push_str(&cells.join(","));
                text.push('\n');
                at += 1;
            };
            write(line, &NEEDED.map(str::to_owned));
            for row in sheet.lines_below(line) {
                let cells: Vec<String> = found.iter().map(|it| row.text(*it)).collect();
                if cells.iter().any(|it| !it.is_empty()) {
                    write(row.line, &cells);
                }
            }
            let columns = NEEDED.iter().map(|it| (*it).to_owned()).zip(found).collect();
            let notes = book.notes.iter().cloned().collect();
            return Ok(Self { text, notes, totals: sheet.totals_below(line), columns });
        }
        Err(lacking.unwrap_or(ForeignRefused::Table(tables::Refused::Empty)))
    }

    /// The column of a fault, as people find it: `E, valeur`.
    pub fn column(&self, heading: &str) -> String {
        match self.columns.iter().find(|it| it.0 == heading) {
            Some(it) => format!("{}, {heading}", letters(it.1)),
            None => heading.to_owned(),
        }
    }
}

/// The text of a file that already is what the import reads.
fn usual(bytes: &[u8]) -> Option<Cow<'_, str>> {
    let text = std::str::from_utf8(bytes).ok()?;
    let plain = text.strip_prefix('\u{feff}').unwrap_or(text);
    let first = plain.lines().next()?;
    let headings: BTreeSet<&str> =
        first.split([',', ';']).map(|it| it.trim().trim_matches('"')).collect();
    let is_usual = NEEDED.iter().all(|it| headings.contains(it));
    is_usual.then_some(Cow::Borrowed(plain))
}

fn quoted(cell: &str) -> String {
    let plain: String = cell.chars().map(|it| if it.is_control() { ' ' } else { it }).collect();
    if plain.contains([',', '"']) { format!("\"{}\"", plain.replace('"', "\"\"")) } else { plain }
}

/// What is wrong with one line of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The line.
    pub line: u64,
    /// The heading of its column; empty if the whole line is at fault.
    pub heading: String,
    /// What is wrong.
    pub rule: ImportRefused,
}

/// What a file would do, with everything that is wrong with it.
#[derive(Clone, Debug)]
pub struct Report {
    /// What its sound lines would change; `None` if there is none.
    pub preview: Option<Preview>,
    /// Its faults: a file with one is refused whole.
    pub faults: Vec<Fault>,
    /// Whether there may be more.
    pub more: bool,
}

/// Looks at a text of values and tells all that is wrong with it, line by line: each fault is set
/// aside and what remains is looked at again.
///
/// # Errors
///
/// What is wrong with the file as a whole.
pub fn report(
    tx: &mut Tx<'_>,
    actor: &Actor,
    today: Date,
    file: &str,
    text: &str,
) -> Result<Report, Stop<ImportRefused>> {
    let text = text.replace("\r\n", "\n");
    let mut lines: Vec<&str> = text.split('\n').collect();
    let mut report = Report { preview: None, faults: Vec::new(), more: false };
    loop {
        match preview(tx, actor, today, file, &lines.join("\n")) {
            Ok(it) => {
                report.preview = Some(it);
                return Ok(report);
            }
            Err(Stop::Refused(ImportRefused::Empty(_))) if !report.faults.is_empty() => {
                return Ok(report);
            }
            Err(Stop::Refused(rule)) => {
                let Some((line, heading)) = rule.place() else { return Err(Stop::Refused(rule)) };
                let at = usize::try_from(line).ok().and_then(|it| it.checked_sub(1));
                let again = report.faults.iter().any(|it| it.line == line);
                if again || TOLD <= report.faults.len() {
                    report.more = true;
                    return Ok(report);
                }
                report.faults.push(Fault { line, heading: heading.to_owned(), rule: rule.clone() });
                match at.and_then(|it| lines.get_mut(it)) {
                    Some(it) if 0 < line => *it = "",
                    _ => return Err(Stop::Refused(rule)),
                }
            }
            Err(stop) => return Err(stop),
        }
    }
}
