//! Recommendations of a committee: what is to be done, by whom, until when, and what became of it.
//!
//! Source: plans SYN-CLO (section 4) and SYN-CRO (section 7) of the standard documents.

mod page;

use db::Tx;
use identity::{Ctx, Fact};
use journal::{Audience, Entry, FoldError};
use kernel::format::read_date;
use kernel::{Date, Failure, Id, Message, Quarter, Reject, Stop};
use serde::{Deserialize, Serialize};

use super::written;
use crate::store::Ground;

pub(crate) use page::{href, routes};

/// A committee asks for something. Its payload is a [`Made`].
pub const RECOMMENDATION_MADE: &str = "monitoring.recommendation-made";
/// What became of it. Its payload is a [`Followed`].
pub const RECOMMENDATION_FOLLOWED: &str = "monitoring.recommendation-followed";

/// The most characters of a recommendation, of its owner and of a note.
const LONGEST: usize = 500;

/// How far a recommendation is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum State {
    /// Nobody has begun.
    #[default]
    Open,
    /// Somebody is at it.
    UnderWay,
    /// It is done.
    Done,
    /// It was given up.
    Dropped,
}

impl State {
    /// All of them, in order.
    pub const ALL: [Self; 4] = [Self::Open, Self::UnderWay, Self::Done, Self::Dropped];

    /// Its word in forms, also the end of its key.
    pub fn word(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::UnderWay => "under-way",
            Self::Done => "done",
            Self::Dropped => "dropped",
        }
    }

    /// Whether nothing more is awaited.
    pub fn is_settled(self) -> bool {
        matches!(self, Self::Done | Self::Dropped)
    }
}

/// The payload of [`RECOMMENDATION_MADE`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Made {
    /// Its identifier.
    pub id: Id,
    /// The place of the committee.
    pub place: String,
    /// The quarter that was discussed.
    pub quarter: String,
    /// What is to be done.
    pub text: String,
    /// Who answers for it, as the committee names them.
    pub owner: String,
    /// Until when.
    pub due: Date,
    /// The day of the session.
    pub day: Date,
}

/// The payload of [`RECOMMENDATION_FOLLOWED`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Followed {
    /// The recommendation.
    pub id: Id,
    /// How far it is.
    pub state: State,
    /// In the person's words; may be empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
    /// The day.
    pub day: Date,
}

/// A recommendation and what became of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recommendation {
    /// As it was made.
    pub made: Made,
    /// What became of it, oldest first.
    pub steps: Vec<Followed>,
}

impl Recommendation {
    /// How far it is.
    pub fn state(&self) -> State {
        self.steps.last().map_or(State::Open, |it| it.state)
    }

    /// Whether its day has passed without it being settled.
    pub fn is_late(&self, today: Date) -> bool {
        !self.state().is_settled() && self.made.due < today
    }
}

/// A recommendation cannot be kept.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// Something is not said: the field.
    #[error("{0} is empty")]
    Missing(&'static str),
    /// A text is too long.
    #[error("{found} characters in {field}")]
    TooLong {
        /// The field.
        field: &'static str,
        /// How many characters it has.
        found: usize,
    },
    /// The day is not one.
    #[error("not a day: {0:?}")]
    Day(String),
    /// The day is before the session.
    #[error("due on {0}, before today")]
    Past(Date),
    /// There is no such state.
    #[error("unknown state {0:?}")]
    State(String),
}

impl Refused {
    /// The field of the form at fault.
    pub fn field(&self) -> &'static str {
        match self {
            Self::Missing(field) | Self::TooLong { field, .. } => field,
            Self::Day(_) | Self::Past(_) => "echeance",
            Self::State(_) => "etat",
        }
    }
}

impl Reject for Refused {
    fn message(&self) -> Message {
        match self {
            Self::Missing(field) => Message::new(format!("recommend-missing-{field}")),
            Self::TooLong { found, .. } => {
                Message::new("recommend-too-long").with("found", found).with("most", LONGEST)
            }
            Self::Day(found) => Message::new("recommend-day").with("found", found),
            Self::Past(day) => Message::new("recommend-past").with("day", day),
            Self::State(found) => Message::new("recommend-state").with("found", found),
        }
    }
}

fn tidy(field: &'static str, text: &str) -> Result<String, Refused> {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let found = text.chars().count();
    if LONGEST < found { Err(Refused::TooLong { field, found }) } else { Ok(text) }
}

/// Keeps a new recommendation of the committee of a place.
///
/// # Errors
///
/// A rule of [`Refused`], or the lack of the right to write the reports of the place.
pub fn make(
    ctx: &mut Ctx<'_, '_>,
    ground: &Ground,
    quarter: Quarter,
    (text, owner, due): (&str, &str, &str),
) -> Result<Entry, Stop<Refused>> {
    let place = ground.place();
    ctx.authorize(written::action(ground.level()), &ground.object(place))?;
    let read = || {
        let (text, owner) = (tidy("texte", text)?, tidy("responsable", owner)?);
        if text.is_empty() {
            return Err(Refused::Missing("texte"));
        }
        if owner.is_empty() {
            return Err(Refused::Missing("responsable"));
        }
        let due = match due.trim() {
            "" => return Err(Refused::Missing("echeance")),
            it => read_date(it).ok_or_else(|| Refused::Day(it.to_owned()))?,
        };
        if due < ctx.today() { Err(Refused::Past(due)) } else { Ok((text, owner, due)) }
    };
    let (text, owner, due) = read().map_err(Stop::Refused)?;
    let made = Made {
        id: Id::mint(),
        place: place.to_owned(),
        quarter: quarter.to_string(),
        text,
        owner,
        due,
        day: ctx.today(),
    };
    Ok(ctx.record(Fact {
        kind: RECOMMENDATION_MADE,
        subject: &format!("recommendation/{}", made.id),
        audience: Audience::Territory,
        scope: place,
        reason: "",
        payload: &made,
    })?)
}

/// Writes down what became of a recommendation of the committee of a place.
///
/// # Errors
///
/// [`Failure::NotFound`] if there is no such recommendation there; a rule of [`Refused`]; the lack
/// of the right.
pub fn follow(
    ctx: &mut Ctx<'_, '_>,
    ground: &Ground,
    id: Id,
    (state, note): (&str, &str),
) -> Result<Entry, Stop<Refused>> {
    let place = ground.place();
    ctx.authorize(written::action(ground.level()), &ground.object(place))?;
    let known = recommendations(ctx.tx, place)?;
    if !known.iter().any(|it| it.made.id == id) {
        return Err(Stop::Failed(Failure::NotFound));
    }
    let found = State::ALL.into_iter().find(|it| it.word() == state);
    let state = found.ok_or_else(|| Stop::Refused(Refused::State(state.to_owned())))?;
    let note = tidy("note", note).map_err(Stop::Refused)?;
    let followed = Followed { id, state, note, day: ctx.today() };
    Ok(ctx.record(Fact {
        kind: RECOMMENDATION_FOLLOWED,
        subject: &format!("recommendation/{id}"),
        audience: Audience::Territory,
        scope: place,
        reason: "",
        payload: &followed,
    })?)
}

/// The fold of these entries.
///
/// # Errors
///
/// If a payload is not what its kind promises, or the store fails.
pub(crate) fn apply(tx: &mut Tx<'_>, entry: &Entry) -> Result<(), FoldError> {
    let (person, office) = (entry.person.as_str(), entry.office.as_str());
    let content = entry.payload.as_slice();
    if entry.kind == RECOMMENDATION_MADE {
        let it: Made = entry.read()?;
        let row = [
            it.id.to_string().into(),
            it.place.into(),
            it.quarter.into(),
            content.into(),
            entry.arrival.into(),
            person.into(),
            office.into(),
        ];
        tx.execute(include_str!("recommend/sql/put.sql"), &row)?;
    } else {
        let it: Followed = entry.read()?;
        let row = [
            it.id.to_string().into(),
            entry.arrival.into(),
            content.into(),
            person.into(),
            office.into(),
        ];
        tx.execute(include_str!("recommend/sql/put_step.sql"), &row)?;
    }
    Ok(())
}

/// The recommendations of the committee of a place, oldest quarter first.
///
/// # Errors
///
/// If the store fails.
pub fn recommendations(tx: &mut Tx<'_>, place: &str) -> Result<Vec<Recommendation>, Failure> {
    let mut found = Vec::new();
    for row in tx.query(include_str!("recommend/sql/of_place.sql"), &[place.into()])? {
        let made: Made = serde_json::from_slice(row.bytes("content")?).map_err(Failure::broken)?;
        found.push(Recommendation { made, steps: Vec::new() });
    }
    for row in tx.query(include_str!("recommend/sql/steps.sql"), &[place.into()])? {
        let it: Followed =
            serde_json::from_slice(row.bytes("content")?).map_err(Failure::broken)?;
        if let Some(of) = found.iter_mut().find(|of| of.made.id == it.id) {
            of.steps.push(it);
        }
    }
    Ok(found)
}
