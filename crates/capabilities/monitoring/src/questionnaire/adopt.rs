//! Loading a whole questionnaire, for a country or a programme that has its own.

use super::records::{QUESTIONNAIRE_ADOPTED, QuestionnaireAdopted};
use super::{ContentError, ContentProblem, Editions, Sheet, Tables, in_force};
use db::Tx;
use identity::{Action, Ctx, Fact, Object};
use journal::Audience;
use kernel::{Failure, Message, Quarter, Reject, Stop};
use std::collections::BTreeMap;

/// The largest file of a questionnaire, in bytes. That of 160 elements has fifty thousand.
pub const LARGEST_FILE: usize = 4 * 1024 * 1024;

/// Why a questionnaire is not loaded.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AdoptRefused {
    /// A file is missing.
    #[error("the file {0} is missing")]
    NoFile(&'static str),
    /// A file is larger than [`LARGEST_FILE`].
    #[error("the file {0} is too large")]
    TooLarge(String),
    /// It is not a quarter.
    #[error("{0:?} is not a quarter")]
    NotAQuarter(String),
    /// Values were entered with the questionnaire in force: theirs would lose their questions.
    #[error("values of {unit} were entered already ({period})")]
    InUse {
        /// The unit.
        unit: String,
        /// The period.
        period: String,
    },
    /// A line cannot be used.
    #[error(transparent)]
    Content(#[from] ContentError),
}

impl Reject for AdoptRefused {
    fn message(&self) -> Message {
        match self {
            Self::NoFile(file) => Message::new("adopt-no-file").with("file", file),
            Self::TooLarge(file) => {
                Message::new("adopt-too-large").with("file", file).with("limit", LARGEST_FILE >> 20)
            }
            Self::NotAQuarter(typed) => Message::new("edition-not-a-quarter").with("typed", typed),
            Self::InUse { unit, period } => {
                Message::new("adopt-in-use").with("unit", unit).with("period", period)
            }
            Self::Content(it) => it.message(),
        }
    }
}

impl AdoptRefused {
    /// A file that is no text in UTF-8.
    pub fn not_text(sheet: Sheet, line: u64) -> Self {
        Self::Content(ContentError {
            file: sheet.file().to_owned(),
            line,
            column: String::new(),
            place: None,
            problem: ContentProblem::Unreadable("UTF-8".to_owned()),
        })
    }
}

/// What a questionnaire holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Counts {
    /// Forms.
    pub forms: usize,
    /// Elements.
    pub elements: usize,
    /// Cells of all elements.
    pub cells: usize,
    /// Rules.
    pub rules: usize,
    /// Indicators.
    pub indicators: usize,
}

/// Reads the files of a questionnaire, by their names, and says what it holds. Forms, lists and
/// elements are needed; the other files may be absent.
///
/// # Errors
///
/// The first mistake, with its file, line and column.
pub fn look(files: &BTreeMap<String, String>) -> Result<Counts, AdoptRefused> {
    for sheet in [Sheet::Forms, Sheet::Options, Sheet::Elements] {
        if !files.contains_key(sheet.file()) {
            return Err(AdoptRefused::NoFile(sheet.file()));
        }
    }
    if let Some((name, _)) = files.iter().find(|it| LARGEST_FILE < it.1.len()) {
        return Err(AdoptRefused::TooLarge(name.clone()));
    }
    let editions = Editions::first(Tables::read(in_force::files(files))?)?;
    let read = editions.newest();
    Ok(Counts {
        forms: read.data_sets().len(),
        elements: read.elements().len(),
        cells: read.elements().iter().map(|it| it.cells.len()).sum(),
        rules: read.rules().len(),
        indicators: read.indicators().len(),
    })
}

fn in_use(tx: &mut Tx<'_>) -> Result<Option<AdoptRefused>, Failure> {
    let rows = tx.query(include_str!("sql/any_return.sql"), &[])?;
    if let Some(row) = rows.first() {
        let (unit, period) = (row.text("unit")?.to_owned(), row.text("quarter")?.to_owned());
        return Ok(Some(AdoptRefused::InUse { unit, period }));
    }
    let rows = tx.query(include_str!("sql/any_draft_value.sql"), &[])?;
    let Some(row) = rows.first() else { return Ok(None) };
    let (unit, period) = (row.text("unit")?.to_owned(), row.text("period")?.to_owned());
    Ok(Some(AdoptRefused::InUse { unit, period }))
}

/// Loads a whole questionnaire in the place of the one in force, before any value is entered with
/// it; after that, editions change it. It reaches the posts below with the next package.
///
/// # Errors
///
/// As [`look`]; if values were entered; for lack of the right. Nothing is loaded then.
pub fn adopt(
    ctx: &mut Ctx<'_, '_>,
    files: &BTreeMap<String, String>,
    from: &str,
) -> Result<Counts, Stop<AdoptRefused>> {
    ctx.authorize(Action::EditQuestionnaire, &Object::Post)?;
    let from: Quarter =
        from.parse().map_err(|_| Stop::Refused(AdoptRefused::NotAQuarter(from.to_owned())))?;
    let counts = look(files).map_err(Stop::Refused)?;
    if let Some(refused) = in_use(ctx.tx)? {
        return Err(Stop::Refused(refused));
    }
    let known = |name: &String| Sheet::ALL.iter().any(|it| it.file() == name);
    let files = files.iter().filter(|it| known(it.0));
    let payload = QuestionnaireAdopted {
        from: from.to_string(),
        day: ctx.today(),
        files: files.map(|(name, text)| (name.clone(), text.clone())).collect(),
    };
    ctx.record(Fact {
        kind: QUESTIONNAIRE_ADOPTED,
        subject: "questionnaire",
        audience: Audience::Nomenclature,
        scope: "*",
        reason: "",
        payload: &payload,
    })?;
    Ok(counts)
}
