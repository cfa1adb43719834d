//! The official list of the units of a country, from a spreadsheet: CSV, XLSX or ODS.
//!
//! One line is one unit during one time: a unit that changed has several lines. Columns, in any
//! order, by their French or English name:
//!
//! | column | what |
//! |---|---|
//! | `code` | the code in addresses |
//! | `nom`, `name` | its name |
//! | `niveau`, `level` | `pays`, `région`, `district`, `cercle`, `département`, `ville`, `commune` |
//! | `parent` | the code of the unit above; empty for the country |
//! | `du`, `from` | the first day; empty if it is not known |
//! | `au`, `to` | the last day, included; empty while it lasts |
//! | `anciens codes`, `former codes` | the units that it comes from, between spaces, each with the part that passes if it is known: `ML010101:1/3` |
//! | `genre`, `kind`; `code officiel`, `official code`; `autres noms`, `other names` | optional |

mod columns;
mod fault;

use std::collections::{BTreeMap, BTreeSet};

use db::Tx;
use kernel::{Date, Failure, Message, Stop};

use crate::lineage::{Atlas, Edge, Share, sum_to_whole};
use crate::reform::{List, Passed, Preview, ReformRefused, is_code, is_name, rank};
use crate::{Level, Load, Source, Unit, Version};

use columns::Columns;
pub use fault::{Fault, ListRefused};

/// The largest file, in bytes.
pub const LARGEST_LIST: usize = 8 * 1024 * 1024;
/// The most lines.
const LINES: u32 = 60_000;
/// The faults that are told at once.
const FAULTS: usize = 200;

/// A list that was read and compared with the map as it is.
#[derive(Clone, Debug)]
pub struct ReadList {
    /// The list, ready to be entered.
    pub list: List,
    /// What it would change.
    pub preview: Preview,
    /// The units of the levels of the list that exist on its last day and that it does not name:
    /// code, name.
    pub missing: Vec<(String, String)>,
}

/// Reads a list and compares it with the map as it is; writes nothing.
///
/// # Errors
///
/// Every fault found, by line and column, or a failure of the store.
pub fn read_list(
    tx: &mut Tx<'_>,
    country: &str,
    source: &str,
    (name, bytes): (&str, &[u8]),
    now_millis: i64,
) -> Result<ReadList, Stop<ListRefused>> {
    let refuse = |it| Stop::Refused(it);
    let source = source.trim();
    if source.is_empty() || !is_name(source) {
        return Err(refuse(ListRefused::NoSource));
    }
    if !is_code(country) {
        return Err(refuse(ListRefused::NoCountry));
    }
    let lines = lines(bytes, name).map_err(refuse)?;
    let known = Atlas::read(tx, country).map_err(Failure::from)?;
    let mut draft = Draft::new(country, source, bytes, &known);
    for it in &lines {
        draft.take(it);
    }
    draft.check();
    let codes: BTreeSet<&str> = draft.at.keys().map(String::as_str).collect();
    let mut foreign = Vec::new();
    for code in codes.iter().filter(|it| !known.units.contains_key(**it)) {
        let unit = crate::unit(tx, code).map_err(Failure::from)?;
        if unit.is_some() {
            foreign.push((*code).to_owned());
        }
    }
    for code in foreign {
        draft.fault(&code, None, "code", Message::new("list-foreign-code").with("code", &code));
    }
    let Draft { list, faults, at, .. } = draft;
    if !faults.is_empty() {
        return Err(refuse(ListRefused::of(faults)));
    }
    let (preview, _, after) = match crate::reform::preview_list(tx, &list, now_millis) {
        Ok(it) => it,
        Err(Stop::Refused(ReformRefused::ListOrphans { .. })) => {
            return Err(refuse(ListRefused::of(orphans(&known, &list, &at))));
        }
        Err(Stop::Refused(it)) => return Err(refuse(ListRefused::Map(it))),
        Err(Stop::Failed(it)) => return Err(it.into()),
    };
    let last = preview.day.unwrap_or(Date::from_millis(now_millis));
    let levels: BTreeSet<Level> = list.load.units.iter().map(|it| it.level).collect();
    let named: BTreeSet<&str> = list.load.units.iter().map(|it| it.code.as_str()).collect();
    let missing = after
        .tree_on(last)
        .into_iter()
        .filter(|it| levels.contains(&it.level) && !named.contains(it.code.as_str()))
        .map(|it| (it.code, it.name))
        .collect();
    Ok(ReadList { list, preview, missing })
}

/// The first day of a line, and the first day after it.
type Time = (Option<Date>, Option<Date>);

/// A line of the file, its cells by column.
struct Line {
    /// Counted as a text editor does.
    number: usize,
    cells: BTreeMap<&'static str, String>,
}

impl Line {
    fn cell(&self, column: &str) -> &str {
        self.cells.get(column).map_or("", String::as_str)
    }
}

/// The lines of the first sheet that has the columns of a list.
fn lines(bytes: &[u8], name: &str) -> Result<Vec<Line>, ListRefused> {
    let limits = tables::Limits { bytes: LARGEST_LIST, rows: LINES, ..tables::Limits::default() };
    let book = tables::read(bytes, name, &limits).map_err(ListRefused::Table)?;
    let mut refused = None;
    for sheet in book.sheets.iter().filter(|it| !it.hidden) {
        let Some(first) = sheet.rows.first() else { continue };
        let head = sheet.find_headings(&["code"]).unwrap_or(first.line);
        let columns = match Columns::of(&sheet.headings(head)) {
            Ok(columns) => columns,
            Err(it) => {
                refused.get_or_insert(it);
                continue;
            }
        };
        let filled = sheet.rows.iter().filter(|it| head < it.line);
        let lines: Vec<Line> = filled
            .map(|it| Line { number: it.line as usize, cells: columns.cells(it) })
            .filter(|it| it.cells.values().any(|it| !it.is_empty()))
            .collect();
        return if lines.is_empty() { Err(ListRefused::Empty) } else { Ok(lines) };
    }
    Err(refused.unwrap_or(ListRefused::Empty))
}

/// A list being read.
struct Draft<'a> {
    known: &'a Atlas,
    list: List,
    faults: Vec<Fault>,
    /// The lines of each unit, by its code: first day and number.
    at: BTreeMap<String, Vec<(Option<Date>, usize)>>,
    /// Edges by former unit, with their lines.
    edges: BTreeMap<(String, Date), Vec<(usize, Edge)>>,
    invented: bool,
}

impl<'a> Draft<'a> {
    fn new(country: &str, source: &str, bytes: &[u8], known: &'a Atlas) -> Self {
        let hash = blake3::hash(bytes).to_hex().to_string();
        let load = Load::of(Source {
            name: format!("liste-{country}-{}", &hash[..12]),
            title: source.to_owned(),
            licence: String::new(),
            hash,
            lines: 0,
            note: None,
            invented: false,
        });
        Self {
            known,
            list: List { country: country.to_owned(), load, lineage: Vec::new() },
            faults: Vec::new(),
            at: BTreeMap::new(),
            edges: BTreeMap::new(),
            invented: known.units.get(country).is_some_and(|it| it.invented),
        }
    }

    fn fault(&mut self, code: &str, line: Option<usize>, column: &'static str, what: Message) {
        let first = self.at.get(code).and_then(|it| it.first()).map_or(0, |it| it.1);
        self.faults.push(Fault { line: line.unwrap_or(first), column, what });
    }

    fn take(&mut self, line: &Line) {
        let before = self.faults.len();
        let mut fault = |column: &'static str, key: &str, value: &str| {
            let what = Message::new(key).with("value", value);
            self.faults.push(Fault { line: line.number, column, what });
        };
        let code = line.cell("code").to_owned();
        if !is_code(&code) {
            fault("code", "list-bad-code", &code);
        }
        let name = line.cell("nom").to_owned();
        if !is_name(&name) {
            fault("nom", "list-bad-name", &name);
        }
        let level = columns::level(line.cell("niveau"));
        if level.is_none() {
            fault("niveau", "list-bad-level", line.cell("niveau"));
        }
        let mut day = |column: &'static str| {
            let text = line.cell(column);
            let read = tables::read_date(text);
            if read.is_none() && !text.is_empty() {
                fault(column, "list-bad-day", text);
            }
            read
        };
        let from = day("du");
        let to = day("au").map(|it| it.plus_days(1)).or_else(|| day("jusqu"));
        if let (Some(from), Some(to)) = (from, to)
            && to <= from
        {
            fault("au", "list-ends-before", line.cell("au"));
        }
        let parent = line.cell("parent").to_owned();
        if parent.is_empty() != (code == self.list.country) {
            fault("parent", "list-no-parent", &code);
        }
        let level = level.filter(|_| self.faults.len() == before);
        let Some(level) = level else { return };
        self.formers(line, &code, from);
        let same = |it: &&Unit| it.code == code;
        let given = match self.at.contains_key(&code) {
            true => self.list.load.units.iter().find(same),
            false => self.known.units.get(&code),
        };
        if given.is_some_and(|it| it.level != level) {
            let what = Message::new("list-other-level").with("value", line.cell("niveau"));
            self.faults.push(Fault { line: line.number, column: "niveau", what });
        }
        if !self.at.contains_key(&code) {
            let text = |column| Some(line.cell(column).to_owned()).filter(|it| !it.is_empty());
            let aliases = line.cell("autres").split('|').map(str::trim);
            self.list.load.units.push(Unit {
                code: code.clone(),
                country: self.list.country.clone(),
                level,
                kind: text("genre"),
                official: text("officiel"),
                aliases: aliases.filter(|it| !it.is_empty()).map(str::to_owned).collect(),
                former: None,
                latitude: None,
                longitude: None,
                point_kind: None,
                source: self.list.load.source.title.clone(),
                invented: self.invented,
            });
        }
        self.at.entry(code.clone()).or_default().push((from, line.number));
        self.list.load.versions.push(Version {
            code,
            name,
            parent: Some(parent).filter(|it| !it.is_empty()),
            valid_from: from,
            valid_to: to,
            unknown_parent: false,
            kind: None,
        });
        self.list.load.source.lines += 1;
    }

    /// `ML010101:1/3 ML010102`: what the unit comes from on the first day of its line.
    fn formers(&mut self, line: &Line, code: &str, from: Option<Date>) {
        for it in line.cell("anciens").split([' ', '|', ',', ';']).filter(|it| !it.is_empty()) {
            let (former, share) = match it.split_once(':') {
                Some((former, share)) => (former, share.parse::<Share>().map(Some)),
                None => (it, Ok(None)),
            };
            match (from, share) {
                (Some(day), Ok(share)) if is_code(former) => {
                    let edge =
                        Edge { from: former.to_owned(), to: code.to_owned(), share, back: None };
                    self.edges
                        .entry((former.to_owned(), day))
                        .or_default()
                        .push((line.number, edge));
                }
                (None, _) => {
                    let what = Message::new("list-former-without-day").with("value", it);
                    self.faults.push(Fault { line: line.number, column: "du", what });
                }
                _ => {
                    let what = Message::new("list-bad-former").with("value", it);
                    self.faults.push(Fault { line: line.number, column: "anciens codes", what });
                }
            }
        }
    }

    /// What no line alone can show.
    fn check(&mut self) {
        self.check_times();
        self.check_parents();
        self.check_formers();
        self.faults.sort_by_key(|it| (it.line, it.column));
        self.faults.truncate(FAULTS);
    }

    fn check_times(&mut self) {
        let mut times: BTreeMap<&str, Vec<Time>> = BTreeMap::new();
        for it in &self.list.load.versions {
            times.entry(&it.code).or_default().push((it.valid_from, it.valid_to));
        }
        let mut wrong = Vec::new();
        for (code, mut lines) in times {
            lines.sort_unstable();
            for pair in lines.windows(2) {
                if pair[0].1.is_none_or(|end| pair[1].0.is_none_or(|begin| begin < end)) {
                    wrong.push((code.to_owned(), pair[1].0));
                }
            }
        }
        for (code, from) in wrong {
            let line = self.at.get(&code).and_then(|it| it.iter().rev().find(|it| it.0 == from));
            let line = line.map(|it| it.1);
            self.fault(&code, line, "du", Message::new("list-overlap").with("value", &code));
        }
    }

    fn check_parents(&mut self) {
        let levels: BTreeMap<&str, Level> =
            self.list.load.units.iter().map(|it| (it.code.as_str(), it.level)).collect();
        let level = |code: &str| levels.get(code).copied().or(self.known.level(code));
        let mut wrong = Vec::new();
        for it in &self.list.load.versions {
            let Some(parent) = &it.parent else { continue };
            let key = match (level(parent), level(&it.code)) {
                (None, _) => "list-unknown-parent",
                (Some(above), Some(own)) if rank(own) <= rank(above) => "list-not-above",
                _ => continue,
            };
            wrong.push((it.code.clone(), it.valid_from, Message::new(key).with("value", parent)));
        }
        for (code, from, what) in wrong {
            let line = self.at.get(&code).and_then(|it| it.iter().find(|it| it.0 == from));
            let line = line.map(|it| it.1);
            self.fault(&code, line, "parent", what);
        }
    }

    fn check_formers(&mut self) {
        let edges = std::mem::take(&mut self.edges);
        for ((former, day), edges) in edges {
            let eve = day.plus_days(-1);
            let lines = self.list.load.versions.iter();
            let listed = lines.filter(|it| it.code == former).any(|it| it.holds_on(eve));
            let last = edges.last().map(|it| it.0);
            if !listed && !self.known.is_alive(&former, eve) {
                let what = Message::new("list-unknown-former").with("value", &former);
                self.fault(&former, last, "anciens codes", what);
                continue;
            }
            let shares: Vec<Option<Share>> = edges.iter().map(|it| it.1.share).collect();
            let known: Vec<Share> = shares.iter().copied().flatten().collect();
            if !known.is_empty() && (known.len() != shares.len() || !sum_to_whole(&known)) {
                let what = Message::new("list-not-whole").with("value", &former);
                self.fault(&former, last, "anciens codes", what);
                continue;
            }
            let passed = edges.into_iter().map(|it| Passed { day, edge: it.1 });
            self.list.lineage.extend(passed);
        }
        // Of one day together, so that a unit that joins others is one event.
        self.list.lineage.sort_by(|a, b| {
            (a.day, &a.edge.from, &a.edge.to).cmp(&(b.day, &b.edge.from, &b.edge.to))
        });
    }
}

/// The units that the list leaves without anything above them, each at its line.
fn orphans(
    known: &Atlas,
    list: &List,
    at: &BTreeMap<String, Vec<(Option<Date>, usize)>>,
) -> Vec<Fault> {
    let before = known.orphans();
    let mut after = known.clone();
    // It is refused; what it leaves shows where.
    let _ = after.apply_list("", list);
    after
        .orphans()
        .difference(&before)
        .map(|(code, from)| {
            let line = at.get(code).and_then(|it| it.iter().find(|it| it.0 == *from));
            let parent = after.versions.get(code).into_iter().flatten();
            let parent =
                parent.filter(|it| it.valid_from == *from).find_map(|it| it.parent.clone());
            Fault {
                line: line.map_or(0, |it| it.1),
                column: "parent",
                what: Message::new("list-orphan")
                    .with("value", code)
                    .with("parent", parent.unwrap_or_default()),
            }
        })
        .take(FAULTS)
        .collect()
}
