//! Issuing a document, and writing down to whom it was handed.

use identity::{Action, Ctx, Fact, Object};
use journal::{Audience, Entry};
use kernel::format::read_date;
use kernel::{Date, Failure, Language, Message, Quarter, Reject, Stop};

use super::base64;
use super::payload::{
    DOCUMENT_HANDED, DOCUMENT_ISSUED, DOCUMENT_KEPT, Handed, Issued, IssuedFile, KeptFile,
};
use super::store::{issues_about, latest_issue};
use crate::reports::kind::Kind;
use crate::reports::written;
use crate::store::{Ground, Stage};

/// The most characters of a receiver and of a means.
pub const LONGEST: usize = 200;
/// The largest file that is kept: what an entry of the journal may hold, in base 64.
const LARGEST: usize = 8 * 1024 * 1024;

/// A document made ready to be issued.
#[derive(Clone, Debug)]
pub struct Made {
    /// Which document.
    pub kind: Kind,
    /// The name of the place in it.
    pub name: String,
    /// How far the quarter was; `None` while it is open.
    pub stage: Option<Stage>,
    /// The language, `fr` or `en`.
    pub language: &'static str,
    /// The code at the foot of its pages.
    pub code: String,
    /// The position of its facts in the journal of this post.
    pub position: i64,
    /// The beginning of the hash of that entry.
    pub mark: String,
    /// Its files.
    pub files: Vec<MadeFile>,
}

/// A file of a [`Made`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MadeFile {
    /// `pdf`, `docx`, `xlsx`, `zip`.
    pub format: &'static str,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// A document cannot be issued or handed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum IssueRefused {
    /// The quarter is still open: its figures move.
    #[error("the quarter is open")]
    Open(Quarter),
    /// The very same files were issued already.
    #[error("issued already, version {version}")]
    Already {
        /// The version.
        version: u32,
        /// Its day.
        day: Date,
    },
    /// A file is too large to be kept.
    #[error("{0} bytes are too many")]
    TooLarge(usize),
    /// The document has not been issued.
    #[error("not issued")]
    NotIssued,
    /// Nobody is named.
    #[error("no receiver")]
    NoReceiver,
    /// A text is too long.
    #[error("{0} characters")]
    TooLong(usize),
    /// The day is not one, or is to come.
    #[error("not a day that has come: {0:?}")]
    Day(String),
}

impl Reject for IssueRefused {
    fn message(&self) -> Message {
        match self {
            Self::Open(quarter) => Message::new("issue-refused-open").with("quarter", quarter),
            Self::Already { version, day } => {
                // Figures alone: the same in both languages.
                Message::new("issue-refused-already")
                    .with("version", version)
                    .with("day", Language::French.short_date(*day))
            }
            Self::TooLarge(size) => {
                Message::new("issue-refused-large").with("size", size / 1024 / 1024)
            }
            Self::NotIssued => Message::new("issue-refused-not-issued"),
            Self::NoReceiver => Message::new("issue-refused-receiver"),
            Self::TooLong(found) => {
                Message::new("issue-refused-long").with("found", found).with("most", LONGEST)
            }
            Self::Day(found) => Message::new("issue-refused-day").with("found", found),
        }
    }
}

/// What a document is about, and who may issue it.
#[derive(Clone, Debug)]
pub struct About {
    /// The place of the entry: where it travels.
    pub place: String,
    /// The quarter, of a document about a place.
    pub quarter: Option<Quarter>,
    /// The partnership, of a document about one.
    pub partnership: String,
    /// The right that is asked.
    pub action: Action,
    /// On what it is asked.
    pub object: Object,
}

impl About {
    /// A place and a quarter.
    pub fn place(ground: &Ground, quarter: Quarter) -> Self {
        let place = ground.place();
        Self {
            place: place.to_owned(),
            quarter: Some(quarter),
            partnership: String::new(),
            action: written::action(ground.level()),
            object: ground.object(place),
        }
    }

    fn quarter_word(&self) -> String {
        self.quarter.map(|it| it.to_string()).unwrap_or_default()
    }

    /// What versions are counted for.
    fn key(&self) -> &str {
        if self.partnership.is_empty() { &self.place } else { &self.partnership }
    }

    /// The subject of its entries.
    fn subject(&self) -> String {
        match self.quarter {
            Some(quarter) => format!("documents/{}/{quarter}", self.place),
            None => format!("documents/{}", self.partnership),
        }
    }
}

/// The word of [`Issued::stage`] of a document about a partnership.
pub(crate) const OF_THE_REGISTER: &str = "register";

/// Issues a document about a place: its register entry travels, its files stay.
///
/// # Errors
///
/// A rule of [`IssueRefused`], or the lack of the right to write the reports of the place.
pub fn issue(
    ctx: &mut Ctx<'_, '_>,
    ground: &Ground,
    quarter: Quarter,
    made: &Made,
) -> Result<Issued, Stop<IssueRefused>> {
    issue_about(ctx, &About::place(ground, quarter), made)
}

/// Issues a document about a place or a partnership.
///
/// # Errors
///
/// A rule of [`IssueRefused`], or the lack of the right.
pub fn issue_about(
    ctx: &mut Ctx<'_, '_>,
    about: &About,
    made: &Made,
) -> Result<Issued, Stop<IssueRefused>> {
    ctx.authorize(about.action, &about.object)?;
    let stage = match (about.quarter, made.stage) {
        (None, _) => OF_THE_REGISTER,
        (Some(_), Some(stage)) => stage.word(),
        (Some(quarter), None) => return Err(Stop::Refused(IssueRefused::Open(quarter))),
    };
    if let Some(it) = made.files.iter().find(|it| LARGEST < it.bytes.len()) {
        return Err(Stop::Refused(IssueRefused::TooLarge(it.bytes.len())));
    }
    let files: Vec<IssuedFile> = made
        .files
        .iter()
        .map(|it| IssuedFile {
            format: it.format.to_owned(),
            hash: blake3::hash(&it.bytes).to_hex().to_string(),
            size: it.bytes.len() as u64,
        })
        .collect();
    let last = latest_issue(ctx.tx, made.kind.code(), about.key(), &about.quarter_word())?;
    if let Some(it) = &last
        && it.issued.files == files
    {
        let (version, day) = (it.issued.version, it.issued.day);
        return Err(Stop::Refused(IssueRefused::Already { version, day }));
    }
    let issued = Issued {
        document: made.kind.code().to_owned(),
        place: about.place.clone(),
        name: made.name.clone(),
        partnership: about.partnership.clone(),
        quarter: about.quarter_word(),
        version: last.map_or(1, |it| it.issued.version.saturating_add(1)),
        stage: stage.to_owned(),
        language: made.language.to_owned(),
        code: made.code.clone(),
        day: ctx.today(),
        position: made.position,
        mark: made.mark.clone(),
        files,
    };
    ctx.record(Fact {
        kind: DOCUMENT_ISSUED,
        subject: &about.subject(),
        audience: Audience::Nomenclature,
        scope: &about.place,
        reason: "",
        payload: &issued,
    })?;
    for (file, known) in made.files.iter().zip(&issued.files) {
        let kept = KeptFile { hash: known.hash.clone(), content: base64::encode(&file.bytes) };
        ctx.record(Fact {
            kind: DOCUMENT_KEPT,
            subject: &format!("document/{}", known.hash),
            audience: Audience::Local,
            scope: &about.place,
            reason: "",
            payload: &kept,
        })?;
    }
    Ok(issued)
}

/// Writes down that the last version of an issued document was sent or handed to somebody.
///
/// # Errors
///
/// A rule of [`IssueRefused`], or the lack of the right to write the reports of the place.
pub fn hand(
    ctx: &mut Ctx<'_, '_>,
    ground: &Ground,
    quarter: Quarter,
    kind: Kind,
    typed: (&str, &str, &str),
) -> Result<Entry, Stop<IssueRefused>> {
    hand_about(ctx, &About::place(ground, quarter), kind, typed)
}

/// The same, of a document about a place or a partnership.
///
/// # Errors
///
/// A rule of [`IssueRefused`], or the lack of the right.
pub fn hand_about(
    ctx: &mut Ctx<'_, '_>,
    about: &About,
    kind: Kind,
    (to, means, day): (&str, &str, &str),
) -> Result<Entry, Stop<IssueRefused>> {
    ctx.authorize(about.action, &about.object)?;
    let refuse = |it| Err(Stop::Refused(it));
    let tidy = |it: &str| it.split_whitespace().collect::<Vec<_>>().join(" ");
    let (to, means) = (tidy(to), tidy(means));
    if to.is_empty() {
        return refuse(IssueRefused::NoReceiver);
    }
    if let Some(long) = [&to, &means].map(|it| it.chars().count()).into_iter().max()
        && LONGEST < long
    {
        return refuse(IssueRefused::TooLong(long));
    }
    let today = ctx.today();
    let day = match day.trim() {
        "" => today,
        text => match read_date(text) {
            Some(it) if it <= today => it,
            _ => return refuse(IssueRefused::Day(text.to_owned())),
        },
    };
    let all = issues_about(ctx.tx, about.key(), &about.quarter_word())?;
    let of_kind = all.iter().filter(|it| it.issued.document == kind.code());
    let Some(version) = of_kind.map(|it| it.issued.version).max() else {
        return refuse(IssueRefused::NotIssued);
    };
    let handed = Handed {
        document: kind.code().to_owned(),
        place: about.place.clone(),
        partnership: about.partnership.clone(),
        quarter: about.quarter_word(),
        version,
        to,
        means,
        day,
    };
    let recorded = ctx.record(Fact {
        kind: DOCUMENT_HANDED,
        subject: &about.subject(),
        audience: Audience::Territory,
        scope: &about.place,
        reason: "",
        payload: &handed,
    });
    recorded.map_err(|it: Failure| Stop::Failed(it))
}
