//! The lines of a plan from a spreadsheet: CSV, XLSX or ODS. Looked at first, then taken whole or
//! not at all. The file that a plan exports reads back.

use std::collections::{BTreeMap, BTreeSet};

use db::Tx;
use kernel::search::fold;
use kernel::{Failure, Id, Message, Reject, Stop};

use crate::acts::MOST_LINES;
use crate::{Ground, Line, Plan, Turn, TypedLine, read};

/// The largest file, in bytes.
pub const LARGEST_TABLE: usize = 4 * 1024 * 1024;
/// The faults that are told at once.
const FAULTS: usize = 200;

/// The columns: their name in our files, and how others write it, folded.
const COLUMNS: [(&str, &[&str]); 10] = [
    ("secteur", &["secteur", "sector", "domaine"]),
    ("objectif", &["objectif", "objectifs", "axe", "axe strategique", "objective"]),
    ("action", &["action", "actions", "activite", "activites", "projet", "intitule"]),
    ("lieu", &["lieu", "village", "localite", "site", "place", "lieu d implantation"]),
    ("annees", &["annees", "annee", "periode", "years", "year", "annee de realisation"]),
    ("cout", &["cout", "couts", "cout total", "montant", "cost", "cout fcfa", "cout en fcfa"]),
    ("financement", &["financement", "source de financement", "sources de financement", "funding"]),
    ("priorite", &["priorite", "rang", "ordre de priorite", "priority"]),
    ("maitre_ouvrage", &["maitre d ouvrage", "maitre ouvrage", "maitrise d ouvrage", "owner"]),
    ("identifiant", &["identifiant", "id"]),
];
/// Without these there is no plan.
const NEEDED: [&str; 2] = ["secteur", "action"];

/// The columns as a page tells them: name, and the end of the key of what it holds.
pub(crate) fn columns() -> impl Iterator<Item = &'static str> {
    COLUMNS.iter().map(|it| it.0)
}

/// A cell at fault.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The line, counted as a text editor does.
    pub line: u32,
    /// The column, as the file names it.
    pub column: String,
    /// What is wrong, and what to do.
    pub what: Message,
}

/// Why a table cannot be taken.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TableRefused {
    /// The file is no table that can be read.
    #[error(transparent)]
    Table(tables::Refused),
    /// The file holds no line.
    #[error("no line")]
    Empty,
    /// A column is missing.
    #[error("no column {0:?}")]
    NoColumn(&'static str),
    /// A column comes twice.
    #[error("the column {0:?} comes twice")]
    ColumnTwice(String),
    /// It holds more lines than a plan may.
    #[error("too many lines")]
    TooMany,
    /// Cells are at fault.
    #[error("{} faults", .0.len())]
    Faults(Vec<Fault>),
    /// What was looked at is no longer kept.
    #[error("gone")]
    Gone,
}

impl TableRefused {
    /// The cells at fault.
    pub fn faults(&self) -> &[Fault] {
        match self {
            Self::Faults(faults) => faults,
            _ => &[],
        }
    }
}

impl Reject for TableRefused {
    fn message(&self) -> Message {
        match self {
            Self::Table(it) => it.message(),
            Self::Empty => Message::new("plans-table-empty"),
            Self::NoColumn(name) => Message::new("plans-table-no-column").with("name", name),
            Self::ColumnTwice(name) => Message::new("plans-table-column-twice").with("name", name),
            Self::TooMany => Message::new("plans-too-many").with("most", MOST_LINES),
            Self::Faults(faults) => {
                let many = FAULTS <= faults.len();
                let key = if many { "plans-table-many-faults" } else { "plans-table-faults" };
                Message::new(key).with("count", faults.len())
            }
            Self::Gone => Message::new("plans-table-gone"),
        }
    }
}

/// A table that was read and compared with its plan.
#[derive(Clone, Debug)]
pub struct ReadTable {
    /// The plan.
    pub plan: Id,
    /// The name of the file.
    pub file: String,
    /// Its BLAKE3 hash, in hexadecimal.
    pub hash: String,
    /// The lines that it adds (turn 0) or changes.
    pub lines: Vec<Turn<Line>>,
    /// How many lines are in the plan already, word for word.
    pub same: usize,
}

impl ReadTable {
    /// How many lines it adds.
    pub fn added(&self) -> usize {
        self.lines.iter().filter(|it| it.turn == 0).count()
    }
}

/// Reads a table and compares it with a plan; writes nothing.
///
/// # Errors
///
/// Every fault found, by line and column, or a failure of the store.
pub fn read_table(
    tx: &mut Tx<'_>,
    plan: Plan,
    (name, bytes): (&str, &[u8]),
) -> Result<ReadTable, Stop<TableRefused>> {
    let ground = Ground::of(tx, plan)?;
    let plan = ground.plan.id;
    let known = read::lines(tx, plan).map_err(Failure::from)?;
    let mut turns = BTreeMap::new();
    for it in &known {
        let (_, turn) = read::line(tx, plan, it.id).map_err(Failure::from)?.unzip();
        turns.insert(it.id, turn.unwrap_or_default());
    }
    let rows = rows(bytes, name).map_err(Stop::Refused)?;
    let mut table = ReadTable {
        plan,
        file: name.to_owned(),
        hash: blake3::hash(bytes).to_hex().to_string(),
        lines: Vec::new(),
        same: 0,
    };
    let mut faults = Vec::new();
    let mut seen = BTreeSet::new();
    for row in rows {
        let mut fault = |field: &str, what: Message| {
            faults.push(Fault { line: row.line, column: row.title(field), what });
        };
        let given = row.cell("identifiant");
        let known_line = known.iter().find(|it| it.id.to_string() == given);
        if !given.is_empty() && known_line.is_none() {
            fault("identifiant", Message::new("plans-table-unknown-line"));
            continue;
        }
        let id = known_line.map_or_else(Id::mint, |it| it.id);
        let line = match row.typed().read(&ground, id) {
            Ok(line) => line,
            Err(refusals) => {
                for (field, what) in refusals.0 {
                    fault(&field, what);
                }
                continue;
            }
        };
        if !seen.insert(said(&line)) {
            fault("action", Message::new("plans-table-line-twice"));
            continue;
        }
        let same = match known_line {
            Some(known) => *known == line,
            None => known.iter().any(|it| it.says_the_same(&line)),
        };
        if same {
            table.same += 1;
        } else {
            let turn = known_line.map_or(0, |it| turns.get(&it.id).map_or(0, |it| it + 1));
            table.lines.push(Turn { turn, what: line });
        }
    }
    faults.truncate(FAULTS);
    if !faults.is_empty() {
        return Err(Stop::Refused(TableRefused::Faults(faults)));
    }
    Ok(table)
}

/// What makes two lines of a file the same.
fn said(it: &Line) -> String {
    let years: Vec<String> = it.years.iter().map(|it| it.year.to_string()).collect();
    let village = it.village.as_deref().unwrap_or_default();
    format!("{}|{}|{village}|{}", it.sector, fold(&it.action), years.join(" "))
}

/// A line of the file, its cells by field.
pub(crate) struct TableRow {
    pub(crate) line: u32,
    cells: BTreeMap<String, String>,
    titles: std::sync::Arc<BTreeMap<String, String>>,
}

impl TableRow {
    pub(crate) fn cell(&self, field: &str) -> &str {
        self.cells.get(field).map_or("", String::as_str)
    }

    fn title(&self, field: &str) -> String {
        self.titles.get(field).cloned().unwrap_or_else(|| field.to_owned())
    }

    pub(crate) fn typed(&self) -> TypedLine {
        let cell = |field: &str| self.cell(field).to_owned();
        let costs = self.cells.iter().filter_map(|(field, text)| {
            let year = field.strip_prefix("cout_")?.parse().ok()?;
            (!text.is_empty()).then(|| (year, text.clone()))
        });
        TypedLine {
            sector: cell("secteur"),
            objective: cell("objectif"),
            action: cell("action"),
            place: cell("lieu"),
            years: cell("annees"),
            cost: cell("cout"),
            costs: costs.collect(),
            funding: cell("financement"),
            priority: cell("priorite"),
            owner: cell("maitre_ouvrage"),
        }
    }
}

/// The field that a heading means: one of ours, or the cost of a year (`2024`, `Coût 2024`).
fn field(title: &str) -> Option<String> {
    let folded = fold(title);
    if let Some((name, _)) = COLUMNS.iter().find(|it| it.1.contains(&folded.as_str())) {
        return Some((*name).to_owned());
    }
    let year = folded.strip_prefix("cout ").unwrap_or(&folded);
    let is_year = year.len() == 4 && year.bytes().all(|it| it.is_ascii_digit());
    is_year.then(|| format!("cout_{year}"))
}

/// The lines of the first sheet that has the columns of a plan.
pub(crate) fn rows(bytes: &[u8], name: &str) -> Result<Vec<TableRow>, TableRefused> {
    let limits = tables::Limits { bytes: LARGEST_TABLE, ..tables::Limits::default() };
    let book = tables::read(bytes, name, &limits).map_err(TableRefused::Table)?;
    // A CSV of ours has apostrophes that no person typed; a workbook keeps texts as they are.
    let is_text = matches!(book.format, tables::Format::Delimited(_));
    let mut refused = None;
    for sheet in book.sheets.iter().filter(|it| !it.hidden) {
        let Some(head) = sheet.find_headings(&["secteur"]).or_else(|| sheet.guess_headings())
        else {
            continue;
        };
        let mut columns: BTreeMap<String, u16> = BTreeMap::new();
        let mut titles = BTreeMap::new();
        let mut twice = None;
        for it in sheet.headings(head) {
            let Some(field) = field(&it.text) else { continue };
            titles.insert(field.clone(), it.name.clone());
            if columns.insert(field, it.column).is_some() {
                twice.get_or_insert(TableRefused::ColumnTwice(it.text));
            }
        }
        let missing = NEEDED.iter().find(|it| !columns.contains_key(**it));
        if let Some(it) = twice.or(missing.map(|it| TableRefused::NoColumn(it))) {
            refused.get_or_insert(it);
            continue;
        }
        let titles = std::sync::Arc::new(titles);
        let rows: Vec<TableRow> = sheet
            .lines_below(head)
            .map(|row| TableRow {
                line: row.line,
                cells: columns
                    .iter()
                    .map(|(field, at)| {
                        let text = row.text(*at).trim().to_owned();
                        (field.clone(), if is_text { rearm(text) } else { text })
                    })
                    .collect(),
                titles: std::sync::Arc::clone(&titles),
            })
            .filter(|it| it.cells.values().any(|it| !it.is_empty()))
            .collect();
        return match rows.len() {
            0 => Err(TableRefused::Empty),
            many if MOST_LINES < many => Err(TableRefused::TooMany),
            _ => Ok(rows),
        };
    }
    Err(refused.unwrap_or(TableRefused::Empty))
}

/// A text without the apostrophes that [`documents::csv::defuse`] put before its signs. A text that
/// would not be written so stays as it is: its apostrophes are its own.
fn rearm(text: String) -> String {
    if !text.contains('\'') {
        return text;
    }
    let mut out = String::with_capacity(text.len());
    let (mut at_start, mut leading) = (true, true);
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        let guards = matches!(
            letters.peek(),
            Some('=' | '+' | '-' | '@' | '＝' | '＋' | '－' | '＠' | '\t' | '\r' | '\n')
        );
        if letter == '\'' && at_start && guards {
            continue;
        }
        out.push(letter);
        leading &= letter.is_whitespace() || letter == '"';
        at_start = match letter {
            ',' | ';' | '|' | '\t' | '\r' | '\n' => true,
            '"' | '\'' => at_start,
            _ => leading,
        };
    }
    if documents::csv::defuse(&out) == text { out } else { text }
}

#[cfg(test)]
mod tests {
    use documents::csv::defuse;
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_a_plan_exports_reads_back_word_for_word() {
        for action in [
            "- Construire trois classes",
            "=x",
            "+ un forage",
            "@école",
            "l’école, - l’eau",
            "clôture;=x",
            "L'école du quartier",
            "'x",
        ] {
            let cells = format!("secteur;action\nEDU;\"{}\"\n", defuse(action));
            let read = rows(cells.as_bytes(), "lignes.csv").unwrap();
            assert_eq!(read[0].cell("action"), action, "{cells}");
        }
        // An apostrophe that no export writes belongs to its writer.
        assert_eq!(rearm("'-12".to_owned()), "'-12");
        assert_eq!(rearm("d'=".to_owned()), "d'=");
    }

    proptest! {
        #[test]
        fn an_export_never_changes_a_text(text in "[-=+@,;\"a1 ]{0,12}") {
            prop_assert_eq!(rearm(defuse(&text)), text);
        }
    }
}
