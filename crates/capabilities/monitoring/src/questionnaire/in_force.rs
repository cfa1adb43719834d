//! Which questionnaire holds for a quarter, at this post: the editions that it knows, in order.

use super::records::QuestionnaireAdopted;
use super::{Change, ContentError, Editions, Files, Questionnaire, SHIPPED, Sheet, Tables};
use db::Tx;
use kernel::{Date, Failure, Quarter};
use std::collections::{BTreeMap, VecDeque};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

/// The series that are kept in memory, over all the bases that one program opens.
const KEPT_SERIES: usize = 8;

/// An edition that was issued.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Issued {
    /// The short hash of its entry.
    pub entry: String,
    /// Its number.
    pub number: u32,
    /// Its first quarter.
    pub from: Quarter,
    /// What it is about.
    pub title: String,
    /// The day on which it was issued.
    pub day: Date,
    /// Who issued it.
    pub person: String,
    /// In what office.
    pub office: String,
    /// What it changes.
    pub changes: Vec<Change>,
}

/// Editions that follow the same one: a person chooses.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Meeting {
    /// The mark of the edition that they follow.
    pub after: String,
    /// The editions; the one that holds first.
    pub editions: Vec<Issued>,
    /// Whether a person has chosen already.
    pub is_settled: bool,
}

/// All the editions that a post knows.
#[derive(Debug)]
pub struct Series {
    /// The editions, read; the first is the whole questionnaire.
    pub editions: Editions,
    /// Those issued, in order: the second edition first.
    pub issued: Vec<Issued>,
    /// Where editions met.
    pub meetings: Vec<Meeting>,
    /// The edition that this program could not read, and why: it and those after it do not hold.
    pub unread: Option<(Issued, ContentError)>,
    /// The first quarter that a questionnaire loaded whole announces.
    pub whole_from: Option<Quarter>,
    by_quarter: Mutex<BTreeMap<Quarter, Arc<Questionnaire>>>,
}

impl Series {
    fn of(editions: Editions) -> Self {
        Self {
            editions,
            issued: Vec::new(),
            meetings: Vec::new(),
            unread: None,
            whole_from: None,
            by_quarter: Mutex::default(),
        }
    }

    /// The questionnaire of a quarter, made once.
    pub fn in_force(&self, quarter: Quarter) -> Arc<Questionnaire> {
        let mut made = self.by_quarter.lock().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(made.entry(quarter).or_insert_with(|| self.editions.in_force(quarter)))
    }

    /// The number of the edition of this place among [`Editions::editions`]; the first is 1.
    pub fn number(&self, at: usize) -> u32 {
        match at.checked_sub(1).and_then(|it| self.issued.get(it)) {
            Some(issued) => issued.number,
            None => 1,
        }
    }

    /// The mark of the last edition: what the next one follows.
    pub fn mark(&self) -> &str {
        self.editions.newest().mark()
    }
}

/// The editions that this post knows.
///
/// # Errors
///
/// If the store fails, or if the shipped files are faulty.
pub fn series(tx: &mut Tx<'_>) -> Result<Arc<Series>, Failure> {
    static KEPT: Mutex<VecDeque<(String, Arc<Series>)>> = Mutex::new(VecDeque::new());
    let rows = tx.query(include_str!("sql/state.sql"), &[])?;
    let Some(row) = rows.first() else { return shipped() };
    // The hash of an entry is like no other of any base.
    let state = row.text("entry_mark")?.to_owned();
    {
        let kept = KEPT.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(found) = kept.iter().find(|it| it.0 == state) {
            return Ok(Arc::clone(&found.1));
        }
    }
    let read = Arc::new(read(tx)?);
    let mut kept = KEPT.lock().unwrap_or_else(PoisonError::into_inner);
    kept.push_back((state, Arc::clone(&read)));
    while KEPT_SERIES < kept.len() {
        kept.pop_front();
    }
    Ok(read)
}

fn shipped() -> Result<Arc<Series>, Failure> {
    static SHIPPED_ONCE: OnceLock<Result<Arc<Series>, ContentError>> = OnceLock::new();
    let read = || Ok(Arc::new(Series::of(Editions::first(Tables::read(SHIPPED)?)?)));
    let found = SHIPPED_ONCE.get_or_init(read).as_ref();
    found.map(Arc::clone).map_err(|error| Failure::broken(error.clone()))
}

fn read(tx: &mut Tx<'_>) -> Result<Series, Failure> {
    let mut series = match tx.query(include_str!("sql/whole.sql"), &[])?.first() {
        None => Series::of(shipped()?.editions.clone()),
        Some(row) => {
            let whole: QuestionnaireAdopted =
                serde_json::from_slice(row.bytes("content")?).map_err(Failure::broken)?;
            let tables = Tables::read(files(&whole.files)).map_err(Failure::broken)?;
            let editions = Editions::first(tables).map_err(Failure::broken)?;
            Series { whole_from: whole.from.parse().ok(), ..Series::of(editions) }
        }
    };
    loop {
        let after = series.mark().to_owned();
        let mut found = issued_after(tx, &after)?;
        if found.is_empty() {
            return Ok(series);
        }
        let rows = tx.query(include_str!("sql/choice.sql"), &[after.as_str().into()])?;
        let chosen = rows.first().map(|it| it.text("chosen").map(str::to_owned)).transpose()?;
        // Until a person has chosen, the one issued first holds, at all posts alike.
        let at = chosen.as_ref().and_then(|it| found.iter().position(|one| one.entry == *it));
        let next = found.remove(at.unwrap_or_default());
        if !found.is_empty() {
            let is_settled = at.is_some();
            let editions = std::iter::once(next.clone()).chain(found).collect();
            series.meetings.push(Meeting { after, editions, is_settled });
        }
        match series.editions.with(next.from, &next.changes) {
            Ok(editions) => {
                series.editions = editions;
                series.issued.push(next);
            }
            Err(problem) => {
                series.unread = Some((next, problem));
                return Ok(series);
            }
        }
    }
}

/// The texts of files by their names. What is not there is empty.
pub(super) fn files(texts: &BTreeMap<String, String>) -> Files<'_> {
    let text = |sheet: Sheet| texts.get(sheet.file()).map_or("", String::as_str);
    Files {
        data_sets: text(Sheet::Forms),
        elements: text(Sheet::Elements),
        categories: text(Sheet::Options),
        parameters: text(Sheet::Parameters),
        rules: text(Sheet::Rules),
        indicators: text(Sheet::Indicators),
        english: text(Sheet::English),
    }
}

fn issued_after(tx: &mut Tx<'_>, mark: &str) -> Result<Vec<Issued>, Failure> {
    let mut found = Vec::new();
    for row in tx.query(include_str!("sql/editions.sql"), &[mark.into()])? {
        found.push(Issued {
            entry: row.text("entry_mark")?.to_owned(),
            number: u32::try_from(row.int("number")?).unwrap_or(u32::MAX),
            from: row.parse("first_quarter")?,
            title: row.text("title")?.to_owned(),
            day: row.parse("day")?,
            person: row.text("person")?.to_owned(),
            office: row.text("office")?.to_owned(),
            changes: serde_json::from_slice(row.bytes("content")?).map_err(Failure::broken)?,
        });
    }
    Ok(found)
}

/// The questionnaire in force for a quarter, its parameters as they were then. All those that one
/// state of the base holds number their elements and cells alike: values read in one are
/// understood by another.
///
/// # Errors
///
/// If the store fails.
pub fn in_force(tx: &mut Tx<'_>, quarter: Quarter) -> Result<Arc<Questionnaire>, Failure> {
    Ok(series(tx)?.in_force(quarter))
}

/// The latest questionnaire that this post knows. Every element and cell that any quarter has is
/// numbered in it, so that stored values of all quarters are read with it.
///
/// # Errors
///
/// As [`in_force`].
pub fn newest(tx: &mut Tx<'_>) -> Result<Arc<Questionnaire>, Failure> {
    Ok(Arc::clone(series(tx)?.editions.newest()))
}
