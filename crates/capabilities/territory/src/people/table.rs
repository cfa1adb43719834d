//! Populations from a spreadsheet (CSV, XLSX or ODS): looked at first, then taken whole or not at
//! all.

use std::collections::BTreeMap;

use db::Tx;
use kernel::search::fold;
use kernel::{Date, Failure, Message, Reject, Stop};

use super::{PopulationRefused, country_of, is_news};
use crate::{Fault, ListRefused, Population, populations_stated};

/// The largest file, in bytes.
pub const LARGEST_POPULATIONS: usize = 8 * 1024 * 1024;
/// The faults that are told at once.
const FAULTS: usize = 200;
/// The most lines: all the villages of a country, for some years.
const LINES: u32 = 60_000;

/// The columns: their name in our files, and how others write it, folded.
const COLUMNS: [(&str, &[&str]); 6] = [
    ("code", &["code", "code instat", "code du lieu", "place"]),
    ("annee", &["annee", "year"]),
    ("source", &["source"]),
    ("personnes", &["personnes", "population", "habitants", "persons"]),
    ("menages", &["menages", "households"]),
    ("corrige le", &["corrige le", "correction du", "corrected on"]),
];
const NEEDED: [&str; 4] = ["code", "annee", "source", "personnes"];

/// A file of populations that was read and compared with what is known.
#[derive(Clone, Debug)]
pub struct ReadPopulations {
    /// The country, whose right is asked.
    pub country: String,
    /// The figures that are new.
    pub news: Vec<Population>,
    /// How many are known already.
    pub same: usize,
    /// How many stand beside the figure of another source for the same year.
    pub beside: usize,
    /// How many correct a figure of the same source.
    pub corrections: usize,
}

/// Reads a file and compares it with what is known; writes nothing.
///
/// # Errors
///
/// Every fault found, by line and column, or a failure of the store.
pub fn read_populations(
    tx: &mut Tx<'_>,
    country: &str,
    (name, bytes): (&str, &[u8]),
    today: Date,
) -> Result<ReadPopulations, Stop<ListRefused>> {
    let bytes_most = LARGEST_POPULATIONS;
    let limits = tables::Limits { bytes: bytes_most, rows: LINES, ..tables::Limits::default() };
    let book = tables::read(bytes, name, &limits);
    let book = book.map_err(|it| Stop::Refused(ListRefused::Table(it)))?;
    let mut refused = None;
    for sheet in book.sheets.iter().filter(|it| !it.hidden) {
        let Some(head) = sheet.find_headings(&["code"]) else { continue };
        match columns(&sheet.headings(head)) {
            Ok(columns) => return read_sheet(tx, country, (sheet, head), &columns, today),
            Err(it) => {
                refused.get_or_insert(it);
            }
        }
    }
    Err(Stop::Refused(refused.unwrap_or(ListRefused::NoColumn("code".to_owned()))))
}

fn read_sheet(
    tx: &mut Tx<'_>,
    country: &str,
    (sheet, head): (&tables::Sheet, u32),
    columns: &BTreeMap<&'static str, u16>,
    today: Date,
) -> Result<ReadPopulations, Stop<ListRefused>> {
    let mut out = ReadPopulations {
        country: country.to_owned(),
        news: Vec::new(),
        same: 0,
        beside: 0,
        corrections: 0,
    };
    let mut faults = Vec::new();
    // Lines of the file come after what is known, and may not contradict each other either.
    let mut known: BTreeMap<String, Vec<Population>> = BTreeMap::new();
    for row in sheet.lines_below(head) {
        if FAULTS <= faults.len() {
            break;
        }
        if columns.values().all(|it| row.text(*it).trim().is_empty()) {
            continue;
        }
        let it = match read_line(columns, row) {
            Ok(it) => it,
            Err(refused) => {
                faults.push(fault(row.line, &refused));
                continue;
            }
        };
        if country_of(tx, &it.code).map_err(Failure::from)?.as_deref() != Some(country) {
            let what = Message::new("people-unknown-place").with("value", &it.code);
            faults.push(Fault { line: row.line as usize, column: "code", what });
            continue;
        }
        if !known.contains_key(&it.code) {
            let stated = populations_stated(tx, &it.code).map_err(Failure::from)?;
            known.insert(it.code.clone(), stated);
        }
        let known = known.entry(it.code.clone()).or_default();
        match is_news(&it, known, today) {
            Err(refused) => faults.push(fault(row.line, &refused)),
            Ok(false) => out.same += 1,
            Ok(true) => {
                out.corrections += usize::from(it.corrected.is_some());
                let other = |one: &Population| one.year == it.year && one.source != it.source;
                out.beside += usize::from(known.iter().any(other));
                known.push(it.clone());
                out.news.push(it);
            }
        }
    }
    if !faults.is_empty() {
        return Err(Stop::Refused(ListRefused::Faults(faults)));
    }
    if out.news.is_empty() && out.same == 0 {
        return Err(Stop::Refused(ListRefused::Empty));
    }
    Ok(out)
}

fn fault(line: u32, it: &PopulationRefused) -> Fault {
    let column = match it.field() {
        "corrige" => "corrige le",
        other => other,
    };
    Fault { line: line as usize, column, what: it.message() }
}

fn columns(head: &[tables::Heading]) -> Result<BTreeMap<&'static str, u16>, ListRefused> {
    let mut found = BTreeMap::new();
    for title in head {
        let folded = fold(&title.text);
        let name = COLUMNS.iter().find(|it| it.1.contains(&folded.as_str()));
        if let Some((name, _)) = name
            && found.insert(*name, title.column).is_some()
        {
            return Err(ListRefused::ColumnTwice((*name).to_owned()));
        }
    }
    match NEEDED.iter().find(|it| !found.contains_key(**it)) {
        Some(missing) => Err(ListRefused::NoColumn((*missing).to_owned())),
        None => Ok(found),
    }
}

/// A whole number as people type it: « 12 500 ».
pub(crate) fn whole(text: &str) -> Option<i64> {
    let number = kernel::format::read_number(text.trim())?;
    if number.fract().is_zero() { i64::try_from(number.trunc().mantissa()).ok() } else { None }
}

fn read_line(
    columns: &BTreeMap<&'static str, u16>,
    row: &tables::Row,
) -> Result<Population, PopulationRefused> {
    let cell = |column: &str| {
        columns.get(column).map(|at| row.text(*at).trim().to_owned()).unwrap_or_default()
    };
    let corrected = cell("corrige le");
    Ok(Population {
        code: cell("code"),
        year: cell("annee").parse().map_err(|_| PopulationRefused::Year)?,
        source: cell("source"),
        persons: whole(&cell("personnes")).ok_or(PopulationRefused::Persons)?,
        households: match cell("menages").as_str() {
            "" => None,
            text => Some(whole(text).ok_or(PopulationRefused::Households)?),
        },
        corrected: match corrected.as_str() {
            "" => None,
            text => Some(kernel::format::read_date(text).ok_or(PopulationRefused::Corrected)?),
        },
    })
}
