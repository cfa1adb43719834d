//! Preparing an edition at the nation, and issuing it.

use super::records::{
    EDITION_CHANGED, EDITION_DROPPED, EDITION_ISSUED, EDITION_STARTED, EditionChanged,
    EditionDropped, EditionIssued, EditionStarted,
};
use super::{Change, ContentError, Editions, Series, Sheet, Tables, series};
use db::Tx;
use identity::{Action, Ctx, Fact, Object};
use journal::Audience;
use kernel::{Failure, Message, Quarter, Reject, Stop};
use std::collections::BTreeMap;
use std::sync::Arc;

/// The longest code of an element, a rule, an indicator.
const LONGEST_CODE: usize = 40;
/// The longest text of a cell, in characters.
pub const LONGEST_CELL: usize = 2_000;

/// Why an edition is not as it should be.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// Nobody is preparing an edition.
    #[error("no edition is in preparation")]
    NoDraft,
    /// It is not a quarter.
    #[error("{0:?} is not a quarter")]
    NotAQuarter(String),
    /// An edition that begins later is issued already.
    #[error("an edition from {0} on is issued already")]
    TooEarly(Quarter),
    /// Returns of that quarter are filed already: it keeps its form.
    #[error("returns of {0} are filed already")]
    Filed(Quarter),
    /// An edition says what it is about.
    #[error("the title is empty")]
    NoTitle,
    /// The edition changes nothing.
    #[error("nothing is changed")]
    NothingChanged,
    /// An edition is in preparation already.
    #[error("an edition is in preparation already")]
    DraftExists,
    /// A choice between editions says why.
    #[error("the reason is empty")]
    NoReason,
    /// There is no such row.
    #[error("no row {0:?}")]
    NoRow(String),
    /// A code is capitals, digits and low lines.
    #[error("{0:?} is not a code")]
    NotACode(String),
    /// The code names something, or once did.
    #[error("the code {0:?} was given already")]
    TakenCode(String),
    /// The text of a cell is too long.
    #[error("the column {0:?} is too long")]
    TooLong(String),
    /// The edition does not hold together.
    #[error(transparent)]
    Content(#[from] ContentError),
}

impl Reject for Refused {
    fn message(&self) -> Message {
        match self {
            Self::NoDraft => Message::new("edition-no-draft"),
            Self::NotAQuarter(typed) => Message::new("edition-not-a-quarter").with("typed", typed),
            Self::TooEarly(from) => Message::new("edition-too-early").with("from", from),
            Self::Filed(last) => {
                Message::new("edition-filed").with("last", last).with("next", last.plus(1))
            }
            Self::NoTitle => Message::new("edition-no-title"),
            Self::NothingChanged => Message::new("edition-nothing-changed"),
            Self::DraftExists => Message::new("edition-draft-exists"),
            Self::NoReason => Message::new("edition-no-reason"),
            Self::NoRow(key) => Message::new("edition-no-row").with("key", key),
            Self::NotACode(typed) => Message::new("edition-not-a-code").with("typed", typed),
            Self::TakenCode(code) => Message::new("edition-taken-code").with("code", code),
            Self::TooLong(column) => {
                Message::new("edition-too-long").with("column", column).with("limit", LONGEST_CELL)
            }
            Self::Content(it) => it.here(),
        }
    }
}

/// The edition in preparation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    /// Its first quarter.
    pub from: Quarter,
    /// What it is about.
    pub title: String,
    /// What it changes, in the order in which rows were first changed.
    pub changes: Vec<Change>,
    /// Who began it.
    pub person: String,
}

/// An edition in preparation, on the last one issued.
#[derive(Clone, Debug)]
pub struct Working {
    /// The editions issued.
    pub series: Arc<Series>,
    /// The edition in preparation.
    pub draft: Draft,
    /// Its rows.
    pub tables: Tables,
    /// All editions with this one, or all its mistakes.
    pub read: Result<Editions, Vec<ContentError>>,
}

/// The edition in preparation, if there is one.
///
/// # Errors
///
/// If the store fails.
pub fn draft(tx: &mut Tx<'_>) -> Result<Option<Draft>, Failure> {
    let rows = tx.query(include_str!("sql/draft.sql"), &[])?;
    let Some(row) = rows.first() else { return Ok(None) };
    let changes = tx.query(include_str!("sql/draft_changes.sql"), &[])?;
    let changes = changes.iter().map(|it| {
        let content = it.bytes("content").map_err(Failure::from)?;
        serde_json::from_slice(content).map_err(Failure::broken)
    });
    Ok(Some(Draft {
        from: row.parse("first_quarter")?,
        title: row.text("title")?.to_owned(),
        changes: changes.collect::<Result<_, Failure>>()?,
        person: row.text("person")?.to_owned(),
    }))
}

/// The edition in preparation with all that it stands on.
///
/// # Errors
///
/// If the store fails.
pub fn working(tx: &mut Tx<'_>) -> Result<Option<Working>, Failure> {
    let Some(draft) = draft(tx)? else { return Ok(None) };
    let series = series(tx)?;
    let mut tables = series.editions.last().tables.clone();
    for change in &draft.changes {
        tables.apply(change);
    }
    let read = series.editions.check(draft.from, &draft.changes);
    Ok(Some(Working { series, draft, tables, read }))
}

/// Begins an edition, or says anew from when it holds and what it is about.
///
/// # Errors
///
/// A rule of [`Refused`], or the lack of the right.
pub fn start(ctx: &mut Ctx<'_, '_>, from: &str, title: &str) -> Result<(), Stop<Refused>> {
    ctx.authorize(Action::EditQuestionnaire, &Object::Post)?;
    let typed = from.trim();
    let from: Quarter = typed
        .to_uppercase()
        .parse()
        .map_err(|_| Stop::Refused(Refused::NotAQuarter(typed.to_owned())))?;
    let title = title.trim();
    if title.is_empty() {
        return Err(Stop::Refused(Refused::NoTitle));
    }
    if LONGEST_CELL < title.chars().count() {
        return Err(Stop::Refused(Refused::TooLong("titre".to_owned())));
    }
    may_begin(ctx, from)?;
    let payload = EditionStarted { from: from.to_string(), title: title.to_owned() };
    local(ctx, EDITION_STARTED, "edition", &payload)
}

/// An edition to prepare out of changes written before.
pub(super) struct DraftOf<'a> {
    pub(super) from: Quarter,
    pub(super) title: &'a str,
    pub(super) changes: &'a [Change],
}

/// Begins an edition with these changes.
pub(super) fn draft_of(ctx: &mut Ctx<'_, '_>, it: DraftOf<'_>) -> Result<(), Stop<Refused>> {
    start(ctx, &it.from.to_string(), it.title)?;
    for change in it.changes {
        let (sheet, key) = (change.sheet, change.key.clone());
        let subject = format!("{}/{key}", sheet.word());
        let payload = EditionChanged { sheet, key, change: Some(change.clone()) };
        local(ctx, EDITION_CHANGED, &subject, &payload)?;
    }
    Ok(())
}

/// Whether an edition may begin with a quarter.
pub(super) fn may_begin(ctx: &mut Ctx<'_, '_>, from: Quarter) -> Result<(), Stop<Refused>> {
    let series = series(ctx.tx)?;
    if let Some(last) = series.editions.last().from.filter(|it| from < *it) {
        return Err(Stop::Refused(Refused::TooEarly(last)));
    }
    let rows = ctx.tx.query(include_str!("sql/any_return.sql"), &[]).map_err(Failure::from)?;
    if let Some(row) = rows.first() {
        let last: Quarter = row.parse("quarter").map_err(Failure::from)?;
        if from <= last {
            return Err(Stop::Refused(Refused::Filed(last)));
        }
    }
    Ok(())
}

fn local<P: serde::Serialize>(
    ctx: &mut Ctx<'_, '_>,
    kind: &str,
    subject: &str,
    payload: &P,
) -> Result<(), Stop<Refused>> {
    let fact = Fact { kind, subject, audience: Audience::Local, scope: "*", reason: "", payload };
    ctx.record(fact).map(|_| ()).map_err(Stop::Failed)
}

/// Writes a row of the edition in preparation: `cells` holds every column that the page showed. A
/// row that is as before again is no change any more. What does not hold together yet is kept; it
/// is refused when the edition is issued.
///
/// # Errors
///
/// A rule of [`Refused`], or the lack of the right.
pub fn write(
    ctx: &mut Ctx<'_, '_>,
    sheet: Sheet,
    key: Option<&str>,
    cells: &BTreeMap<String, String>,
    after: Option<&str>,
) -> Result<String, Stop<Refused>> {
    ctx.authorize(Action::EditQuestionnaire, &Object::Post)?;
    let working = working(ctx.tx)?.ok_or(Stop::Refused(Refused::NoDraft))?;
    let change = change_of(&working, sheet, key, cells, after).map_err(Stop::Refused)?;
    let (key, change) = (change.key.clone(), Some(change).filter(says_something));
    let payload = EditionChanged { sheet, key: key.clone(), change };
    local(ctx, EDITION_CHANGED, &format!("{}/{key}", sheet.word()), &payload)?;
    Ok(key)
}

fn says_something(change: &Change) -> bool {
    change.cells.as_ref().is_none_or(|it| !it.is_empty())
}

/// The change that a page full of cells means.
///
/// # Errors
///
/// If the row does not exist, or if its new code cannot be given.
pub fn change_of(
    working: &Working,
    sheet: Sheet,
    key: Option<&str>,
    cells: &BTreeMap<String, String>,
    after: Option<&str>,
) -> Result<Change, Refused> {
    let cells: BTreeMap<String, String> = cells
        .iter()
        .map(|(column, text)| (column.clone(), text.replace("\r\n", "\n").trim().to_owned()))
        .collect();
    let long = |it: &(&String, &String)| LONGEST_CELL < it.1.chars().count();
    if let Some((column, _)) = cells.iter().find(long) {
        return Err(Refused::TooLong(column.clone()));
    }
    let before = working.series.editions.last();
    let Some(key) = key else {
        let filled: BTreeMap<String, String> =
            cells.into_iter().filter(|it| !it.1.is_empty()).collect();
        let key = sheet.key(&filled);
        for column in ["code", "dimension", "option"] {
            let code = filled.get(column);
            let wanted = match sheet {
                Sheet::Options => column != "code",
                _ => column == "code",
            };
            if wanted && !code.is_some_and(|it| is_code(it)) {
                return Err(Refused::NotACode(code.cloned().unwrap_or_default()));
            }
        }
        let editions = working.series.editions.editions();
        let once = editions.iter().any(|it| it.tables.row(sheet, &key).is_some());
        if once || working.tables.row(sheet, &key).is_some() {
            return Err(Refused::TakenCode(key));
        }
        let after = after.filter(|it| !it.is_empty()).map(str::to_owned);
        return Ok(Change { sheet, key, cells: Some(filled), after });
    };
    let Some(now) = working.tables.row(sheet, key).or(before.tables.row(sheet, key)) else {
        return Err(Refused::NoRow(key.to_owned()));
    };
    let known = before.tables.row(sheet, key);
    let mut merged = now.cells.clone();
    for (column, text) in cells {
        // What names the row stays.
        let names = matches!(
            (sheet, column.as_str()),
            (Sheet::Options, "dimension" | "option") | (_, "code")
        );
        match text.as_str() {
            _ if names => None,
            "" => merged.remove(&column),
            _ => merged.insert(column, text),
        };
    }
    let mut cells = BTreeMap::new();
    for (column, text) in &merged {
        if known.is_none_or(|it| it.text(column) != text) {
            cells.insert(column.clone(), text.clone());
        }
    }
    for column in known.iter().flat_map(|it| it.cells.keys()) {
        if !merged.contains_key(column) {
            cells.insert(column.clone(), String::new());
        }
    }
    let of_draft = |it: &&Change| it.sheet == sheet && it.key == key;
    let after = working.draft.changes.iter().find(of_draft).and_then(|it| it.after.clone());
    Ok(Change { sheet, key: key.to_owned(), cells: Some(cells), after })
}

fn is_code(text: &str) -> bool {
    let letters = |it: char| it.is_ascii_uppercase() || it.is_ascii_digit() || it == '_';
    text.starts_with(|it: char| it.is_ascii_uppercase())
        && text.len() <= LONGEST_CODE
        && text.chars().all(letters)
}

/// Retires a row from the first quarter of the edition in preparation. A row that the edition
/// itself brought is simply taken out again.
///
/// # Errors
///
/// A rule of [`Refused`], or the lack of the right.
pub fn retire(ctx: &mut Ctx<'_, '_>, sheet: Sheet, key: &str) -> Result<(), Stop<Refused>> {
    ctx.authorize(Action::EditQuestionnaire, &Object::Post)?;
    let working = working(ctx.tx)?.ok_or(Stop::Refused(Refused::NoDraft))?;
    if working.tables.row(sheet, key).is_none() {
        return Err(Stop::Refused(Refused::NoRow(key.to_owned())));
    }
    let known = working.series.editions.last().tables.row(sheet, key).is_some();
    let retired = Change { sheet, key: key.to_owned(), cells: None, after: None };
    let change = known.then_some(retired);
    let payload = EditionChanged { sheet, key: key.to_owned(), change };
    local(ctx, EDITION_CHANGED, &format!("{}/{key}", sheet.word()), &payload)
}

/// Leaves a row as the last edition has it.
///
/// # Errors
///
/// A rule of [`Refused`], or the lack of the right.
pub fn undo(ctx: &mut Ctx<'_, '_>, sheet: Sheet, key: &str) -> Result<(), Stop<Refused>> {
    ctx.authorize(Action::EditQuestionnaire, &Object::Post)?;
    if draft(ctx.tx)?.is_none() {
        return Err(Stop::Refused(Refused::NoDraft));
    }
    let payload = EditionChanged { sheet, key: key.to_owned(), change: None };
    local(ctx, EDITION_CHANGED, &format!("{}/{key}", sheet.word()), &payload)
}

/// Gives up the edition in preparation.
///
/// # Errors
///
/// A rule of [`Refused`], or the lack of the right.
pub fn drop(ctx: &mut Ctx<'_, '_>) -> Result<(), Stop<Refused>> {
    ctx.authorize(Action::EditQuestionnaire, &Object::Post)?;
    if draft(ctx.tx)?.is_none() {
        return Err(Stop::Refused(Refused::NoDraft));
    }
    local(ctx, EDITION_DROPPED, "edition", &EditionDropped {})
}

/// Issues the edition in preparation: it holds here at once, and reaches every post below with the
/// next package. Returns its number.
///
/// # Errors
///
/// The first mistake of the edition, or the lack of the right: nothing is issued.
pub fn issue(ctx: &mut Ctx<'_, '_>) -> Result<u32, Stop<Refused>> {
    ctx.authorize(Action::EditQuestionnaire, &Object::Post)?;
    let Working { series, draft, tables, read } =
        working(ctx.tx)?.ok_or(Stop::Refused(Refused::NoDraft))?;
    // Smaller than what was typed, if a row was changed and changed back.
    let changes = series.editions.last().tables.changes_to(&tables);
    if changes.is_empty() {
        return Err(Stop::Refused(Refused::NothingChanged));
    }
    may_begin(ctx, draft.from)?;
    if let Err(mut wrong) = read {
        return Err(Stop::Refused(wrong.swap_remove(0).into()));
    }
    let number = series.number(series.editions.editions().len() - 1).saturating_add(1);
    let payload = EditionIssued {
        number,
        from: draft.from.to_string(),
        after: series.mark().to_owned(),
        title: draft.title,
        day: ctx.today(),
        changes,
    };
    ctx.record(Fact {
        kind: EDITION_ISSUED,
        subject: &format!("edition/{number}"),
        audience: Audience::Nomenclature,
        scope: "*",
        reason: &payload.title,
        payload: &payload,
    })?;
    local(ctx, EDITION_DROPPED, "edition", &EditionDropped {})?;
    Ok(number)
}
