//! Pieces in the journal and in their table.

use super::kind::{LARGEST, MOST, PieceKind};
use crate::circuit::{self, ground_of};
use crate::questionnaire;
use crate::store::{Ground, passages};
use db::Tx;
use identity::{Action, Ctx, Fact};
use journal::{Audience, Entry, FoldError, Journal};
use kernel::{Failure, Message, Quarter, Reject, Stop, base64};
use serde::{Deserialize, Serialize};

/// A piece was attached. Never leaves the post.
pub const ATTACHMENT_ADDED: &str = "monitoring.attachment-added";
/// A piece was taken off its form; the journal keeps it. Never leaves the post.
pub const ATTACHMENT_WITHDRAWN: &str = "monitoring.attachment-withdrawn";
pub(crate) const TABLE: &str = "attachment";
/// Characters of a name.
const LONGEST_NAME: usize = 120;

/// The payload of [`ATTACHMENT_ADDED`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AttachmentAdded {
    /// The unit.
    pub unit: String,
    /// The quarter.
    pub quarter: String,
    /// The form.
    pub form: String,
    /// The cell, as stored; empty for the whole form.
    pub cell: String,
    /// The name of the file.
    pub name: String,
    /// How files of its kind end: `jpg`, `png`, `webp`, `pdf`.
    pub kind: String,
    /// Its size in bytes.
    pub size: u64,
    /// BLAKE3 of its bytes, in hexadecimal.
    pub hash: String,
    /// Its bytes, in base64.
    pub content: String,
}

/// The payload of [`ATTACHMENT_WITHDRAWN`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AttachmentWithdrawn {
    /// The unit.
    pub unit: String,
    /// The quarter.
    pub quarter: String,
    /// The form.
    pub form: String,
    /// The cell.
    pub cell: String,
    /// The hash.
    pub hash: String,
}

/// A piece of a form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    /// The cell, as stored; empty for the whole form.
    pub cell: String,
    /// BLAKE3 of its bytes, in hexadecimal.
    pub hash: String,
    /// The name of the file.
    pub name: String,
    /// What it is.
    pub kind: PieceKind,
    /// Its size in bytes.
    pub size: i64,
    /// Who attached it.
    pub person: String,
    /// When, in milliseconds since 1970.
    pub at_millis: i64,
}

/// Why a piece is refused. Nothing was written.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// There is no file.
    #[error("no file")]
    Nothing,
    /// It is too large.
    #[error("{size} bytes are too many")]
    TooLarge {
        /// Its size in bytes.
        size: usize,
    },
    /// It is neither a picture nor a PDF.
    #[error("neither a picture nor a PDF")]
    Kind,
    /// It is there already.
    #[error("it is there already")]
    Twice,
    /// The form has enough.
    #[error("the form has {MOST} pieces")]
    Many,
    /// The cell is not one of this form.
    #[error("no such cell on this form")]
    NoCell,
    /// The quarter was passed on.
    #[error(transparent)]
    Locked(circuit::Refused),
}

impl Reject for Refused {
    fn message(&self) -> Message {
        match self {
            Self::Nothing => Message::new("pieces-nothing"),
            Self::TooLarge { size } => Message::new("pieces-too-large")
                .with("size", size.div_ceil(1024))
                .with("most", LARGEST / 1024),
            Self::Kind => Message::new("pieces-kind"),
            Self::Twice => Message::new("pieces-twice"),
            Self::Many => Message::new("pieces-many").with("most", MOST),
            Self::NoCell => Message::new("entry-no-cell"),
            Self::Locked(rule) => rule.message(),
        }
    }
}

fn subject((unit, quarter, form): (&str, Quarter, &str), hash: &str) -> String {
    format!("{unit}/{quarter}/{form}/piece/{hash}")
}

/// The pieces of a quarter that was passed on stay as they were then, as its values do.
fn open(
    tx: &mut Tx<'_>,
    ground: &Ground,
    (unit, quarter): (&str, Quarter),
) -> Result<(), Stop<Refused>> {
    let state = passages(tx, ground).map_err(Failure::from)?;
    match state.furthest(ground, unit, quarter) {
        None => Ok(()),
        Some(by) => {
            let rule = circuit::Refused::locked(quarter, by, ground.name(&by.place));
            Err(Stop::Refused(Refused::Locked(rule)))
        }
    }
}

/// Attaches a file to a form, or to a cell of it.
///
/// # Errors
///
/// A rule of [`Refused`]; the lack of the right to enter values.
pub fn attach(
    ctx: &mut Ctx<'_, '_>,
    at: (&str, Quarter, &str),
    cell: &str,
    (name, bytes): (&str, &[u8]),
) -> Result<Entry, Stop<Refused>> {
    let (unit, quarter, form) = at;
    let refuse = |it| Err(Stop::Refused(it));
    let ground = ground_of(ctx.tx, unit, quarter)?;
    ctx.authorize(Action::EnterValues, &ground.object(unit))?;
    open(ctx.tx, &ground, (unit, quarter))?;
    let questionnaire = questionnaire::in_force(ctx.tx, quarter)?;
    let (number, set) = questionnaire.data_set(form).ok_or(Failure::NotFound)?;
    if set.level != ground.level() {
        return Err(Failure::NotFound.into());
    }
    let of_form = |text: &str| {
        let found = questionnaire.cell_of(text);
        found.is_some_and(|it| questionnaire.element(it.element).data_set == number)
    };
    if !cell.is_empty() && !of_form(cell) {
        return refuse(Refused::NoCell);
    }
    if bytes.is_empty() {
        return refuse(Refused::Nothing);
    }
    if LARGEST < bytes.len() {
        return refuse(Refused::TooLarge { size: bytes.len() });
    }
    let Some(kind) = PieceKind::of(bytes) else { return refuse(Refused::Kind) };
    let hash = blake3::hash(bytes).to_hex().to_string();
    let there = pieces(ctx.tx, at)?;
    if there.iter().any(|it| it.cell == cell && it.hash == hash) {
        return refuse(Refused::Twice);
    }
    if MOST <= there.len() {
        return refuse(Refused::Many);
    }
    let name: String = name.chars().filter(|it| !it.is_control()).take(LONGEST_NAME).collect();
    let fact = AttachmentAdded {
        unit: unit.to_owned(),
        quarter: quarter.to_string(),
        form: form.to_owned(),
        cell: cell.to_owned(),
        name: if name.is_empty() { format!("piece.{}", kind.ending()) } else { name },
        kind: kind.ending().to_owned(),
        size: bytes.len() as u64,
        content: base64::encode(bytes),
        hash,
    };
    Ok(ctx.record(Fact {
        kind: ATTACHMENT_ADDED,
        subject: &subject(at, &fact.hash),
        audience: Audience::Local,
        scope: unit,
        reason: "",
        payload: &fact,
    })?)
}

/// Takes a piece off its form. The journal keeps it.
///
/// # Errors
///
/// [`Refused::Locked`]; [`Failure::NotFound`] if it is not there; the lack of the right to enter
/// values.
pub fn withdraw(
    ctx: &mut Ctx<'_, '_>,
    at: (&str, Quarter, &str),
    (cell, hash): (&str, &str),
) -> Result<Entry, Stop<Refused>> {
    let ground = ground_of(ctx.tx, at.0, at.1)?;
    ctx.authorize(Action::EnterValues, &ground.object(at.0))?;
    open(ctx.tx, &ground, (at.0, at.1))?;
    if !pieces(ctx.tx, at)?.iter().any(|it| it.cell == cell && it.hash == hash) {
        return Err(Failure::NotFound.into());
    }
    let fact = AttachmentWithdrawn {
        unit: at.0.to_owned(),
        quarter: at.1.to_string(),
        form: at.2.to_owned(),
        cell: cell.to_owned(),
        hash: hash.to_owned(),
    };
    Ok(ctx.record(Fact {
        kind: ATTACHMENT_WITHDRAWN,
        subject: &subject(at, hash),
        audience: Audience::Local,
        scope: at.0,
        reason: "",
        payload: &fact,
    })?)
}

/// The pieces of a form, the oldest first. For those who may see what is not published.
///
/// # Errors
///
/// If the store fails.
pub fn pieces(
    tx: &mut Tx<'_>,
    (unit, quarter, form): (&str, Quarter, &str),
) -> Result<Vec<Piece>, Failure> {
    let given = [unit.into(), quarter.to_string().into(), form.into()];
    let rows = tx.query(include_str!("sql/pieces.sql"), &given)?;
    rows.iter()
        .map(|row| {
            let kind = PieceKind::from_ending(row.text("kind")?);
            Ok(Piece {
                cell: row.text("cell")?.to_owned(),
                hash: row.text("hash")?.to_owned(),
                name: row.text("name")?.to_owned(),
                kind: kind.ok_or_else(|| Failure::told("a piece of an unknown kind"))?,
                size: row.int("size")?,
                person: row.text("person")?.to_owned(),
                at_millis: row.int("at_millis")?,
            })
        })
        .collect()
}

/// The bytes of a piece, from its entry, checked against its hash.
///
/// # Errors
///
/// [`Failure::NotFound`] if the form has no such piece; or if the journal is damaged.
pub fn content(
    tx: &mut Tx<'_>,
    at: (&str, Quarter, &str),
    hash: &str,
) -> Result<(Piece, Vec<u8>), Failure> {
    let piece = pieces(tx, at)?.into_iter().find(|it| it.hash == hash).ok_or(Failure::NotFound)?;
    for entry in Journal::history(tx, &subject(at, hash), None)? {
        if entry.kind != ATTACHMENT_ADDED || entry.payload.is_empty() {
            continue;
        }
        let fact: AttachmentAdded = entry.read().map_err(Failure::broken)?;
        let bytes = base64::decode(&fact.content).unwrap_or_default();
        if blake3::hash(&bytes).to_hex().as_str() == hash {
            return Ok((piece, bytes));
        }
    }
    Err(Failure::told("a piece is not in the journal as its hash says"))
}

/// What an entry on pieces does to their table.
pub(crate) fn apply(tx: &mut Tx<'_>, entry: &Entry) -> Result<(), FoldError> {
    if entry.kind == ATTACHMENT_ADDED {
        let it: AttachmentAdded = entry.read()?;
        tx.execute(
            include_str!("sql/attach.sql"),
            &[
                it.unit.into(),
                it.quarter.into(),
                it.form.into(),
                it.cell.into(),
                it.hash.into(),
                it.name.into(),
                it.kind.into(),
                i64::try_from(it.size).unwrap_or(i64::MAX).into(),
                (&entry.person).into(),
                entry.at_millis.into(),
            ],
        )?;
        return Ok(());
    }
    let it: AttachmentWithdrawn = entry.read()?;
    tx.execute(
        include_str!("sql/withdraw.sql"),
        &[it.unit.into(), it.quarter.into(), it.form.into(), it.cell.into(), it.hash.into()],
    )?;
    Ok(())
}
