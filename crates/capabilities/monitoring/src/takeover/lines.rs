//! The lines of a file of past figures, in 24 bytes each: a nation has twenty million of them.

use crate::entry::ImportRefused;
use crate::questionnaire::{
    CellId, CellKey, ContentError, ContentProblem, Level, Questionnaire, Rhythm,
};
use crate::values::{Value, read};
use csv::ByteRecord;
use kernel::{Decimal, Failure, Period, Stop};
use std::collections::HashMap;
use std::io::BufRead;

const COLUMNS: [&str; 5] = ["element", "unite_org", "periode", "options", "valeur"];
/// The decimals of a kept value: those of a cell.
const PLACES: u32 = 4;
/// Kept values below this are places in [`Lines::odd`].
const ODD: i64 = i64::MIN / 2;
/// The longest field that is looked at, in bytes.
const LONGEST: usize = 4096;

/// One line: numbers that stand for what it names.
#[derive(Clone, Copy, Debug)]
pub(super) struct Line {
    pub(super) unit: u32,
    pub(super) period: u32,
    cell: u32,
    pub(super) line: u32,
    value: i64,
}

/// A cell that the file names.
pub(super) struct Named {
    /// As a return writes it.
    pub(super) text: String,
    pub(super) level: Level,
    pub(super) rhythm: Rhythm,
    /// By its numbers, which are those of all editions.
    pub(super) id: CellId,
}

/// All the lines of a file that hold a value, by unit, period and cell.
pub(super) struct Lines {
    pub(super) all: Vec<Line>,
    units: Vec<String>,
    periods: Vec<Period>,
    cells: Vec<Named>,
    odd: Vec<Value>,
}

impl Lines {
    pub(super) fn unit(&self, line: &Line) -> &str {
        &self.units[line.unit as usize]
    }

    pub(super) fn period(&self, line: &Line) -> Period {
        self.periods[line.period as usize]
    }

    pub(super) fn cell(&self, line: &Line) -> &Named {
        &self.cells[line.cell as usize]
    }

    /// The value, as a return writes it.
    pub(super) fn value(&self, line: &Line) -> String {
        if line.value < ODD {
            let at = usize::try_from(line.value - i64::MIN).unwrap_or_default();
            return self.odd[at].to_string();
        }
        let whole = 10_i64.pow(PLACES);
        match line.value % whole {
            0 => (line.value / whole).to_string(),
            _ => Decimal::new(line.value, PLACES).normalize().to_string(),
        }
    }

    /// Reads a file, or refuses it with its first faulty line. Lines without a value are left out.
    pub(super) fn read(
        questionnaire: &Questionnaire,
        file: &str,
        source: &mut dyn BufRead,
    ) -> Result<Self, Stop<ImportRefused>> {
        let stop = |line: u64, column: &str, problem| {
            let (file, column) = (file.to_owned(), column.to_owned());
            Stop::Refused(ImportRefused::Content(ContentError {
                file,
                line,
                column,
                place: None,
                problem,
            }))
        };
        let mut heading = Vec::new();
        std::io::Read::take(&mut *source, LONGEST as u64)
            .read_until(b'\n', &mut heading)
            .map_err(Failure::broken)?;
        let heading = heading.strip_prefix("\u{feff}".as_bytes()).unwrap_or(&heading);
        let french = heading.contains(&b';') && !heading.contains(&b',');
        let names = String::from_utf8_lossy(heading).into_owned();
        let names: Vec<&str> = names
            .split(if french { ';' } else { ',' })
            .map(|it| it.trim().trim_matches('"'))
            .collect();
        let mut places = [0; 5];
        for (place, column) in places.iter_mut().zip(COLUMNS) {
            let mut found = names.iter().enumerate().filter(|it| *it.1 == column);
            let first = found.next().ok_or_else(|| stop(1, column, ContentProblem::NoColumn))?;
            *place = first.0;
            // Which of two is meant, nobody can tell.
            if found.next().is_some() {
                return Err(stop(1, column, ContentProblem::Twice(column.to_owned())));
            }
        }
        let mut reader = csv::ReaderBuilder::new()
            .delimiter(if french { b';' } else { b',' })
            .has_headers(false)
            .buffer_capacity(1 << 20)
            .from_reader(source);
        let mut found = Self {
            all: Vec::new(),
            units: Vec::new(),
            periods: Vec::new(),
            cells: Vec::new(),
            odd: Vec::new(),
        };
        let mut known = Known::default();
        let mut record = ByteRecord::new();
        loop {
            match reader.read_byte_record(&mut record) {
                Ok(false) => break,
                Ok(true) => {}
                Err(error) => {
                    // The line of headings was read before.
                    let line = error.position().map_or(1, csv::Position::line) + 1;
                    return Err(stop(line, "", ContentProblem::Unreadable(error.to_string())));
                }
            }
            let line = record.position().map_or(0, csv::Position::line) + 1;
            let at = |column: usize| record.get(places[column]).unwrap_or_default().trim_ascii();
            let refuse = |column: usize, problem| Err(stop(line, COLUMNS[column], problem));
            if let Some(column) = (0..5).find(|it| LONGEST < at(*it).len()) {
                return refuse(column, ContentProblem::Unreadable("…".to_owned()));
            }
            let Some(number) = u32::try_from(line).ok().filter(|it| *it < u32::MAX) else {
                return refuse(0, ContentProblem::TooMany);
            };
            if at(4).is_empty() {
                continue;
            }
            let cell = match known.cell(at(0), at(3)) {
                Some(it) => it,
                None => match named(questionnaire, &text(at(0)), &text(at(3))) {
                    Ok(it) => {
                        // Two spellings of the options are one cell.
                        let same = found.cells.iter().position(|of| of.text == it.text);
                        let place = same.unwrap_or(found.cells.len());
                        if same.is_none() {
                            found.cells.push(it);
                        }
                        known.keep_cell(at(0), at(3), place)
                    }
                    Err((column, problem)) => return refuse(column, problem),
                },
            };
            let unit = match known.units.get(at(1)) {
                Some(it) => *it,
                None if at(1).is_empty() => return refuse(1, ContentProblem::Empty),
                None => {
                    found.units.push(text(at(1)));
                    known.keep_unit(at(1), found.units.len() - 1)
                }
            };
            let named = &found.cells[cell as usize];
            let period = match known.periods.get(at(2)) {
                Some(it) if named.rhythm.fits(found.periods[*it as usize]) => *it,
                _ => {
                    let written = text(at(2));
                    let fits = written.parse().ok().filter(|it| named.rhythm.fits(*it));
                    let Some(it) = fits else {
                        let expected = match named.rhythm {
                            Rhythm::Quarterly => "2024T4",
                            Rhythm::Yearly | Rhythm::SchoolYear => "2024",
                        };
                        let problem = ContentProblem::NotAPeriod { found: written, expected };
                        return refuse(2, problem);
                    };
                    found.periods.push(it);
                    known.keep_period(at(2), found.periods.len() - 1)
                }
            };
            let element = questionnaire.element(named.id.element);
            let value = match std::str::from_utf8(at(4)) {
                Ok(typed) => read(questionnaire, element, typed),
                Err(_) => return refuse(4, ContentProblem::NotANumber(text(at(4)))),
            };
            match value {
                Ok(None) => {}
                Ok(Some(value)) => {
                    let value = found.keep(value);
                    found.all.push(Line { unit, period, cell, line: number, value });
                }
                Err(rule) => return refuse(4, ContentProblem::Value(rule)),
            }
        }
        found.sort();
        if let Some(twice) = found.all.windows(2).find(|it| same(&it[0], &it[1])) {
            let it = &twice[1];
            let what = format!("{} {} {}", found.cell(it).text, found.unit(it), found.period(it));
            return Err(stop(u64::from(it.line), "", ContentProblem::Twice(what)));
        }
        Ok(found)
    }

    fn keep(&mut self, value: Value) -> i64 {
        if let Value::Number(number) = &value {
            let mut scaled = *number;
            scaled.rescale(PLACES);
            if let Ok(it) = i64::try_from(scaled.mantissa())
                && scaled.scale() == PLACES
                && ODD <= it
            {
                return it;
            }
        }
        self.odd.push(value);
        i64::MIN + i64::try_from(self.odd.len() - 1).unwrap_or_default()
    }

    /// By unit, then period in the order of time, then cell, then line.
    fn sort(&mut self) {
        let mut order: Vec<u32> = (0..).take(self.periods.len()).collect();
        order.sort_by_key(|it| self.periods[*it as usize]);
        let mut rank = vec![0_u32; order.len()];
        for (at, it) in (0..).zip(&order) {
            rank[*it as usize] = at;
        }
        self.all.sort_unstable_by_key(|it| (it.unit, rank[it.period as usize], it.cell, it.line));
    }
}

fn same(a: &Line, b: &Line) -> bool {
    (a.unit, a.period, a.cell) == (b.unit, b.period, b.cell)
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

fn named(
    questionnaire: &Questionnaire,
    code: &str,
    options: &str,
) -> Result<Named, (usize, ContentProblem)> {
    if code.is_empty() {
        return Err((0, ContentProblem::Empty));
    }
    let number = questionnaire
        .element_number(code)
        .ok_or_else(|| (0, ContentProblem::Unknown(code.to_owned())))?;
    let key = CellKey { element: code.to_owned(), options: options.to_owned() };
    let cell =
        questionnaire.cell(&key).ok_or_else(|| (3, ContentProblem::Unknown(options.to_owned())))?;
    let element = questionnaire.element(number);
    Ok(Named {
        text: questionnaire.key(cell).to_string(),
        level: element.level,
        rhythm: element.rhythm,
        id: cell,
    })
}

/// What was met before, by how it is written. Looked up, never walked through.
#[derive(Default)]
struct Known {
    cells: HashMap<Vec<u8>, HashMap<Vec<u8>, u32>>,
    units: HashMap<Vec<u8>, u32>,
    periods: HashMap<Vec<u8>, u32>,
    last: Option<(Vec<u8>, Vec<u8>, u32)>,
}

impl Known {
    /// Files are mostly sorted: the cell of the line before comes first.
    fn cell(&mut self, code: &[u8], options: &[u8]) -> Option<u32> {
        if let Some((c, o, it)) = &self.last
            && c == code
            && o == options
        {
            return Some(*it);
        }
        let it = *self.cells.get(code)?.get(options)?;
        self.last = Some((code.to_owned(), options.to_owned(), it));
        Some(it)
    }

    fn keep_cell(&mut self, code: &[u8], options: &[u8], at: usize) -> u32 {
        let it = u32::try_from(at).unwrap_or(u32::MAX);
        self.cells.entry(code.to_owned()).or_default().insert(options.to_owned(), it);
        it
    }

    fn keep_unit(&mut self, written: &[u8], at: usize) -> u32 {
        let it = u32::try_from(at).unwrap_or(u32::MAX);
        self.units.insert(written.to_owned(), it);
        it
    }

    fn keep_period(&mut self, written: &[u8], at: usize) -> u32 {
        let it = u32::try_from(at).unwrap_or(u32::MAX);
        self.periods.insert(written.to_owned(), it);
        it
    }
}
