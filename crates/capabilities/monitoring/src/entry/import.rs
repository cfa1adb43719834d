//! Taking in a file of values: looked at first, then accepted whole.

use super::ownership::{is_of_another, name_of};
use crate::circuit;
use crate::questionnaire::{
    self, CellId, CellKey, ContentError, Questionnaire, line_of_record, reader_of,
};
use crate::store::{
    self, Draft, Ground, ImportedCell, State, VALUES_IMPORTED, ValuesImported, View, locked,
    passages, values,
};
use crate::values::{Entry, Values, read_file};
use db::Tx;
use identity::{Action, Actor, Ctx, Fact, allow};
use journal::Audience;
use kernel::{Date, Failure, Language, Message, Period, Quarter, Reject, Stop};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use web::Catalogue;

/// Why a file of values is refused. Nothing of it was taken.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ImportRefused {
    /// A line cannot be used.
    #[error(transparent)]
    Content(#[from] ContentError),
    /// The unit is not known, or not one that has such data.
    #[error("{file}, line {line}: no unit {unit:?} with such data")]
    NoUnit {
        /// The file.
        file: String,
        /// The line.
        line: u64,
        /// The unit.
        unit: String,
    },
    /// The unit is another office's.
    #[error("{file}, line {line}: the unit {unit:?} is another office's")]
    OtherPlace {
        /// The file.
        file: String,
        /// The line.
        line: u64,
        /// The unit.
        unit: String,
    },
    /// A correction of a cell of a year.
    #[error("{file}, line {line}: a file of corrections holds cells of quarters only")]
    YearlyCorrection {
        /// The file.
        file: String,
        /// The line.
        line: u64,
    },
    /// The quarter does not ask this cell.
    #[error("{file}, line {line}: {cell} is not asked in {period}, edition {edition}")]
    NotAsked {
        /// The file.
        file: String,
        /// The line.
        line: u64,
        /// The cell, as it is stored.
        cell: String,
        /// The period.
        period: Period,
        /// The number of the edition in force for it.
        edition: u32,
    },
    /// The period has not begun.
    #[error("{file}, line {line}: {period} has not begun")]
    NotBegun {
        /// The file.
        file: String,
        /// The line.
        line: u64,
        /// The period.
        period: Period,
    },
    /// The value would change a cell that is locked.
    #[error("{file}, line {line}: {rule}")]
    Locked {
        /// The file.
        file: String,
        /// The line.
        line: u64,
        /// What locks it.
        rule: circuit::Refused,
    },
    /// The file holds no value.
    #[error("{0} holds no value")]
    Empty(String),
    /// The values changed between the preview and the acceptance.
    #[error("the values changed since the preview of {0}")]
    Stale(String),
}

/// The column that names a cell: an element that is not split is named by its code alone.
fn column_of(cell: &str) -> &'static str {
    if cell.contains('|') { "options" } else { "element" }
}

/// The longest echo of a cell in a refusal, in characters.
const ECHO: usize = 80;

/// The message with what it echoes from the file cut: a refusal is read, not a whole cell.
fn cut(mut message: Message) -> Message {
    for (_, it) in &mut message.arguments {
        if let Some((at, _)) = it.char_indices().nth(ECHO) {
            it.truncate(at);
            it.push('…');
        }
    }
    message
}

impl Reject for ImportRefused {
    fn message(&self) -> Message {
        cut(match self {
            Self::Content(it) => it.message(),
            Self::NoUnit { file, line, unit } => Message::new("import-no-unit")
                .with("file", file)
                .with("line", line)
                .with("unit", unit),
            Self::OtherPlace { file, line, unit } => Message::new("import-other-place")
                .with("file", file)
                .with("line", line)
                .with("unit", unit),
            Self::YearlyCorrection { file, line } => {
                Message::new("import-yearly-correction").with("file", file).with("line", line)
            }
            Self::NotAsked { file, line, cell, period, edition } => {
                Message::new("import-not-asked")
                    .with("file", file)
                    .with("line", line)
                    .with("heading", column_of(cell))
                    .with("cell", cell)
                    .with("period", period)
                    .with("edition", edition)
            }
            Self::NotBegun { file, line, period } => Message::new("import-not-begun")
                .with("file", file)
                .with("line", line)
                .with("period", period),
            Self::Locked { file, line, .. } => {
                Message::new("import-locked").with("file", file).with("line", line)
            }
            Self::Empty(file) => Message::new("import-empty").with("file", file),
            Self::Stale(file) => Message::new("import-stale").with("file", file),
        })
    }
}

impl ImportRefused {
    /// The line at fault and the heading of its column; `None` if the file as a whole is.
    pub fn place(&self) -> Option<(u64, &str)> {
        match self {
            Self::Content(ContentError {
                problem: crate::questionnaire::ContentProblem::NoColumn,
                ..
            }) => None,
            // Without its headings nothing else of a file can be read.
            Self::Content(it) if it.line <= 1 => None,
            Self::Content(it) => Some((it.line, it.column.as_str())),
            Self::NoUnit { line, .. } | Self::OtherPlace { line, .. } => Some((*line, "unite_org")),
            Self::NotAsked { line, cell, .. } => Some((*line, column_of(cell))),
            Self::NotBegun { line, .. } | Self::YearlyCorrection { line, .. } => {
                Some((*line, "periode"))
            }
            Self::Locked { line, .. } => Some((*line, "valeur")),
            Self::Empty(_) | Self::Stale(_) => None,
        }
    }

    /// The sentences of the refusal: what is wrong and where, then what to do.
    pub fn message_with_cause(&self) -> impl Iterator<Item = Message> {
        std::iter::once(self.message()).chain(self.cause())
    }

    /// The rule behind the refusal, which says what to do, if there is one.
    pub fn cause(&self) -> Option<Message> {
        match self {
            Self::Content(ContentError {
                problem: crate::questionnaire::ContentProblem::Value(rule),
                ..
            }) => Some(cut(rule.message())),
            Self::Locked { rule, .. } => Some(rule.message()),
            _ => None,
        }
    }
}

/// What a file would change.
#[derive(Clone, Debug)]
pub struct Preview {
    /// The questionnaire that its cells are numbered by.
    pub questionnaire: Arc<Questionnaire>,
    /// The name of the file.
    pub file: String,
    /// BLAKE3 of its bytes, in hexadecimal.
    pub hash: String,
    /// Cells that were empty.
    pub new: usize,
    /// Cells that hold another value, in the order of the file.
    pub changed: Vec<Change>,
    /// Cells that hold this value already.
    pub same: usize,
    /// The units, with their names and the values of each in the file.
    pub units: BTreeMap<String, (String, usize)>,
    /// The periods, with the values of each in the file.
    pub periods: BTreeMap<Period, usize>,
    cells: Vec<ImportedCell>,
}

impl Preview {
    /// How many cells of drafts of other persons it takes over.
    pub fn taken_over(&self) -> usize {
        self.changed.iter().filter(|it| it.typed_by.is_some()).count()
    }

    /// A short mark of what would be written: if it is another at the acceptance, somebody typed
    /// meanwhile.
    pub fn mark(&self) -> String {
        let mut hasher = blake3::Hasher::new();
        hasher.update(self.hash.as_bytes());
        for it in &self.cells {
            for part in [&it.unit, &it.period, &it.cell, &it.value] {
                hasher.update(part.as_bytes());
                hasher.update(b"\0");
            }
        }
        for it in &self.changed {
            hasher.update(it.held.as_bytes());
            hasher.update(b"\0");
            if let Some(by) = &it.typed_by {
                hasher.update(by.name.as_bytes());
                hasher.update(&by.at_millis.to_le_bytes());
            }
        }
        hasher.finalize().to_hex()[..16].to_owned()
    }
}

/// A cell that the file would change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// The unit.
    pub unit: String,
    /// The period.
    pub period: Period,
    /// The cell.
    pub cell: CellId,
    /// The value held.
    pub held: String,
    /// The value of the file.
    pub value: String,
    /// Who is typing the value held, if it is a draft of another person: taking the file in takes
    /// their draft over.
    pub typed_by: Option<TypedBy>,
}

/// Whose draft a file would take over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TypedBy {
    /// The name; empty if this post does not know it.
    pub name: String,
    /// When they typed, in milliseconds since 1970.
    pub at_millis: i64,
}

impl Change {
    /// The value held as the previews show it: with whose draft it is, if it is another person's.
    pub(crate) fn held_words(&self, catalogue: &Catalogue, language: Language) -> String {
        let held = match self.held.as_str() {
            "" => catalogue.say(language, "history-empty", &[]),
            it => language.written(it),
        };
        let Some(by) = &self.typed_by else { return held };
        let name = match by.name.as_str() {
            "" => catalogue.say(language, "foreign-someone", &[]),
            it => it.to_owned(),
        };
        let given = [("held", held), ("name", name), ("when", language.instant(by.at_millis))];
        catalogue.say(language, "foreign-draft-of", &given)
    }
}

/// What an import did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Taken {
    /// Cells filled in.
    pub new: usize,
    /// Cells changed.
    pub changed: usize,
    /// Cells left as they were.
    pub same: usize,
}

/// A unit of the file, as the circuit sees it.
struct Known {
    ground: Ground,
    state: State,
    values: Values,
    drafts: BTreeMap<(Period, CellId), Draft>,
}

/// Looks at what a file of values would change.
///
/// # Errors
///
/// The first line that is refused.
pub fn preview(
    tx: &mut Tx<'_>,
    actor: &Actor,
    today: Date,
    file: &str,
    text: &str,
) -> Result<Preview, Stop<ImportRefused>> {
    let series = questionnaire::series(tx)?;
    let held = Arc::clone(series.editions.newest());
    let questionnaire = &*held;
    let refuse = |it: ImportRefused| Err(Stop::Refused(it));
    let entries = read_file(questionnaire, file, text).map_err(|it| Stop::Refused(it.into()))?;
    if entries.is_empty() {
        return refuse(ImportRefused::Empty(file.to_owned()));
    }
    let at = |it: &Entry| (file.to_owned(), line_of(questionnaire, text, it));
    let mut known: BTreeMap<String, Known> = BTreeMap::new();
    let mut found = Preview {
        questionnaire: Arc::clone(&held),
        file: file.to_owned(),
        hash: blake3::hash(text.as_bytes()).to_hex().to_string(),
        new: 0,
        changed: Vec::new(),
        same: 0,
        units: BTreeMap::new(),
        periods: BTreeMap::new(),
        cells: Vec::new(),
    };
    for entry in &entries {
        let element = questionnaire.element(entry.cell.element);
        let begins = match entry.period {
            Period::Quarter(it) => Some(it),
            Period::Year(year) if element.rhythm.period(first(year)?) == entry.period => {
                Some(first(year)?)
            }
            Period::Year(year) => Quarter::new(year, 4),
        };
        if begins.is_none_or(|it| today < it.first_day()) {
            let (file, line) = at(entry);
            return refuse(ImportRefused::NotBegun { file, line, period: entry.period });
        }
        let Some(begins) = begins else { continue };
        if !known.contains_key(&entry.unit) {
            // The latest map that the file speaks of.
            let last = entries.iter().filter(|it| it.unit == entry.unit).map(|it| it.period);
            let day = last.map(last_day).max().unwrap_or(today).min(today);
            match unit(tx, actor, &entry.unit, day)? {
                Ok(it) => known.insert(entry.unit.clone(), it),
                Err(true) => {
                    let ((file, line), unit) = (at(entry), entry.unit.clone());
                    return refuse(ImportRefused::OtherPlace { file, line, unit });
                }
                Err(false) => {
                    let ((file, line), unit) = (at(entry), entry.unit.clone());
                    return refuse(ImportRefused::NoUnit { file, line, unit });
                }
            };
        }
        let Some(Known { ground, state, values, drafts }) = known.get(&entry.unit) else {
            continue;
        };
        if ground.level() != element.level {
            let ((file, line), unit) = (at(entry), entry.unit.clone());
            return refuse(ImportRefused::NoUnit { file, line, unit });
        }
        let name = ground.name(&entry.unit).to_owned();
        found.units.entry(entry.unit.clone()).or_insert((name, 0)).1 += 1;
        *found.periods.entry(entry.period).or_default() += 1;
        let held = values.get(&entry.unit, entry.period, entry.cell);
        if held == Some(&entry.value) {
            found.same += 1;
            continue;
        }
        if !element.asks(entry.cell.cell, begins) {
            let (file, line) = at(entry);
            return refuse(ImportRefused::NotAsked {
                file,
                line,
                cell: questionnaire.cell_text(entry.cell).to_owned(),
                period: entry.period,
                edition: series.number(series.editions.place(begins)),
            });
        }
        let rhythm = (element.rhythm, entry.period);
        if let Some(by) = locked(state, ground, &entry.unit, rhythm) {
            let rule = circuit::Refused::locked(by.quarter, by, ground.name(&by.place));
            let (file, line) = at(entry);
            return refuse(ImportRefused::Locked { file, line, rule });
        }
        let draft = drafts.get(&(entry.period, entry.cell));
        let typed_by = match draft.filter(|it| is_of_another(actor, it)) {
            None => None,
            Some(it) => Some(TypedBy { name: name_of(tx, &it.person)?, at_millis: it.at_millis }),
        };
        match (held, typed_by) {
            (None, None) => found.new += 1,
            // A cell that another person emptied is theirs too.
            (held, typed_by) => found.changed.push(Change {
                unit: entry.unit.clone(),
                period: entry.period,
                cell: entry.cell,
                held: held.map(ToString::to_string).unwrap_or_default(),
                value: entry.value.to_string(),
                typed_by,
            }),
        }
        found.cells.push(ImportedCell {
            unit: entry.unit.clone(),
            period: entry.period.to_string(),
            cell: questionnaire.cell_text(entry.cell).to_owned(),
            value: entry.value.to_string(),
        });
    }
    Ok(found)
}

fn first(year: u16) -> Result<Quarter, Failure> {
    Quarter::new(year, 1).ok_or_else(|| Failure::told("a year outside the calendar"))
}

fn last_day(period: Period) -> Date {
    match period {
        Period::Quarter(it) => it.last_day(),
        Period::Year(year) => {
            Quarter::new(year, 4).map_or_else(|| Date::from_millis(0), Quarter::last_day)
        }
    }
}

/// The unit and its values; `Err(true)` if it is another office's, `Err(false)` if there is none.
fn unit(
    tx: &mut Tx<'_>,
    actor: &Actor,
    code: &str,
    day: Date,
) -> Result<Result<Known, bool>, Failure> {
    let Some(ground) = store::ground(tx, code, day)? else { return Ok(Err(false)) };
    if !allow(actor, Action::ImportValues, &ground.object(code)) {
        return Ok(Err(true));
    }
    let state = passages(tx, &ground)?;
    let values = values(tx, actor, &ground, View::Working)?;
    let drafts = store::drafts(tx, code)?;
    let drafts = drafts.into_iter().map(|it| ((it.period, it.cell), it)).collect();
    Ok(Ok(Known { ground, state, values, drafts }))
}

/// The line of a value in its file; read again, since a file that is accepted needs no lines.
fn line_of(questionnaire: &Questionnaire, text: &str, wanted: &Entry) -> u64 {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text).replace("\r\n", "\n");
    let mut reader = reader_of(&text);
    let Ok(headings) = reader.headers().cloned() else { return 0 };
    let column = |name: &str| headings.iter().position(|it| it == name);
    let columns = ["element", "unite_org", "periode", "options"].map(column);
    let [Some(element), Some(unit), Some(period), Some(options)] = columns else { return 0 };
    for record in reader.records().flatten() {
        let cell = |at: usize| record.get(at).unwrap_or_default();
        let key = CellKey { element: cell(element).into(), options: cell(options).into() };
        let here = cell(unit) == wanted.unit
            && cell(period) == wanted.period.to_string()
            && questionnaire.cell(&key) == Some(wanted.cell);
        if here {
            return line_of_record(&text, &record);
        }
    }
    0
}

/// Takes in a file of values, whole, in one transaction and one entry of the journal. `mark` is
/// that of the preview that the person accepted; `None` for a program, which looks at nothing.
///
/// # Errors
///
/// The first line that is refused, or [`ImportRefused::Stale`].
pub fn import(
    ctx: &mut Ctx<'_, '_>,
    file: &str,
    text: &str,
    mark: Option<&str>,
) -> Result<Taken, Stop<ImportRefused>> {
    let found = preview(ctx.tx, ctx.actor, ctx.today(), file, text)?;
    if mark.is_some_and(|it| it != found.mark()) {
        return Err(Stop::Refused(ImportRefused::Stale(file.to_owned())));
    }
    let taken = Taken { new: found.new, changed: found.changed.len(), same: found.same };
    if found.cells.is_empty() {
        return Ok(taken);
    }
    let units: BTreeSet<&str> = found.cells.iter().map(|it| it.unit.as_str()).collect();
    let scope = match units.first() {
        Some(unit) if units.len() == 1 => (*unit).to_owned(),
        _ => ctx.actor.main_office().map_or_else(|| "*".to_owned(), |it| it.place.clone()),
    };
    let payload = ValuesImported { file: found.file, hash: found.hash, cells: found.cells };
    ctx.record(Fact {
        kind: VALUES_IMPORTED,
        subject: &payload.hash,
        audience: Audience::Local,
        scope: &scope,
        reason: "",
        payload: &payload,
    })?;
    Ok(taken)
}
