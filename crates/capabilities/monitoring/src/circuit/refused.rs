//! The rules of the circuit.

use crate::store::Passed;
use kernel::{Date, Language, Message, Quarter, Reject};

/// The longest reason or comment, in characters.
pub(crate) const LONGEST: usize = 2000;

/// Why a step of the circuit is refused. Nothing was written.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// The quarter lies in the future.
    #[error("{quarter} has not begun")]
    NotBegun {
        /// The quarter.
        quarter: Quarter,
    },
    /// The quarter is not over.
    #[error("{quarter} is not over")]
    NotOver {
        /// The quarter.
        quarter: Quarter,
    },
    /// The values are locked: the quarter was passed on.
    #[error("{quarter} was passed on by {place} on {day}")]
    Locked {
        /// The quarter.
        quarter: Quarter,
        /// Who passed it on.
        place: String,
        /// When.
        day: Date,
    },
    /// Nothing was typed.
    #[error("nothing to file for {quarter}")]
    Empty {
        /// The quarter.
        quarter: Quarter,
    },
    /// Some alerts have no answer.
    #[error("{count} alerts of {quarter} have no answer")]
    Unanswered {
        /// The quarter.
        quarter: Quarter,
        /// How many.
        count: usize,
    },
    /// Something awaited is not there, and no reason was given to go on without it.
    #[error("{count} are missing for {quarter}")]
    Missing {
        /// The quarter.
        quarter: Quarter,
        /// How many.
        count: usize,
    },
    /// Nothing came from below.
    #[error("nothing was received for {quarter}")]
    NothingReceived {
        /// The quarter.
        quarter: Quarter,
    },
    /// The step was taken, and nothing has changed since.
    #[error("{quarter} was passed on already, on {day}")]
    Already {
        /// The quarter.
        quarter: Quarter,
        /// When.
        day: Date,
    },
    /// The place does not take this step.
    #[error("{0} does not take this step")]
    NotHere(String),
    /// The alert is there no more.
    #[error("the alert {0} is there no more")]
    NoAlert(String),
    /// Nothing is closed, so nothing can be opened again.
    #[error("{quarter} is not closed")]
    NotClosed {
        /// The quarter.
        quarter: Quarter,
    },
    /// A request to open the quarter again waits for its answer.
    #[error("the reopening of {quarter} was asked on {day}")]
    AlreadyAsked {
        /// The quarter.
        quarter: Quarter,
        /// When.
        day: Date,
    },
    /// The request has its answer.
    #[error("the request for {quarter} was answered")]
    Answered {
        /// The quarter.
        quarter: Quarter,
    },
    /// Blocking questions wait.
    #[error("{count} blocking questions of {quarter} wait")]
    Questions {
        /// The quarter.
        quarter: Quarter,
        /// How many.
        count: usize,
    },
    /// The question is settled.
    #[error("the question is settled")]
    Settled,
    /// Nothing was written.
    #[error("nothing was written")]
    NoText,
    /// There is no such thing on the forms of the unit.
    #[error("{0} is not on the forms")]
    NoSuch(String),
    /// A row of a plan of the circuit cannot be followed.
    #[error("line {line} of the circuit")]
    PlanLine {
        /// The line, the heading being the first.
        line: usize,
    },
    /// A plan of the circuit lacks a step that no country can do without.
    #[error("the circuit has no step {act}")]
    PlanStep {
        /// The word of the step.
        act: &'static str,
    },
    /// The change of a circuit would touch a quarter that was passed on under the one before.
    #[error("the circuit can change from {first} on")]
    PlanQuarter {
        /// The first quarter that a change may touch.
        first: Quarter,
    },
    /// The delay is no number of days.
    #[error("the delay counts from 0 to {longest} days")]
    PlanDelay {
        /// The longest.
        longest: i32,
    },
    /// Only a validation may be given to a place elsewhere.
    #[error("only a validation may be given elsewhere")]
    PlanTo,
    /// Only a closing goes directly to the region.
    #[error("only a closing goes directly to the region")]
    PlanDirect,
    /// There is no such place in the country.
    #[error("{0} is no place of the circuit")]
    PlanPlace(String),
    /// The place has no office that validates.
    #[error("{0} validates nothing")]
    PlanOffice(String),
    /// The row has begun, or is not there.
    #[error("the row has begun")]
    PlanBegun,
    /// The plan has no room for more rows.
    #[error("the circuit has {most} rows already")]
    PlanFull {
        /// The most rows.
        most: usize,
    },
    /// Nothing changes.
    #[error("nothing changes")]
    PlanSame,
    /// A reason is needed.
    #[error("no reason was given")]
    NoReason,
    /// The reason is too long.
    #[error("the reason is too long")]
    LongReason,
}

impl Refused {
    /// The refusal of a change to what was passed on.
    pub(crate) fn locked(quarter: Quarter, by: &Passed, place: &str) -> Self {
        Self::Locked { quarter, place: place.to_owned(), day: by.day }
    }
}

/// Quarters and days stand in sentences in figures, which both languages read.
impl Reject for Refused {
    fn message(&self) -> Message {
        let day = |it: &Date| Language::French.short_date(*it);
        match self {
            Self::NotBegun { quarter } => {
                Message::new("circuit-not-begun").with("quarter", quarter)
            }
            Self::NotOver { quarter } => Message::new("circuit-not-over")
                .with("quarter", quarter)
                .with("day", day(&quarter.last_day())),
            Self::Locked { quarter, place, day: on } => Message::new("circuit-locked")
                .with("quarter", quarter)
                .with("place", place)
                .with("day", day(on)),
            Self::Empty { quarter } => Message::new("circuit-empty").with("quarter", quarter),
            Self::Unanswered { quarter, count } => {
                Message::new("circuit-unanswered").with("quarter", quarter).with("count", count)
            }
            Self::Missing { quarter, count } => {
                Message::new("circuit-missing").with("quarter", quarter).with("count", count)
            }
            Self::NothingReceived { quarter } => {
                Message::new("circuit-nothing-received").with("quarter", quarter)
            }
            Self::Already { quarter, day: on } => {
                Message::new("circuit-already").with("quarter", quarter).with("day", day(on))
            }
            Self::NotHere(place) => Message::new("circuit-not-here").with("place", place),
            Self::NoAlert(rule) => Message::new("circuit-no-alert").with("rule", rule),
            Self::NotClosed { quarter } => {
                Message::new("circuit-not-closed").with("quarter", quarter)
            }
            Self::AlreadyAsked { quarter, day: on } => Message::new("reopening-already-asked")
                .with("quarter", quarter)
                .with("day", day(on)),
            Self::Answered { quarter } => {
                Message::new("reopening-answered-already").with("quarter", quarter)
            }
            Self::Questions { quarter, count } => {
                Message::new("questions-wait").with("quarter", quarter).with("count", count)
            }
            Self::Settled => Message::new("question-settled-already"),
            Self::NoText => Message::new("question-no-text"),
            Self::NoSuch(what) => Message::new("question-no-such").with("what", what),
            Self::PlanLine { line } => Message::new("plan-line").with("line", line),
            Self::PlanStep { act } => Message::new("plan-step").with("step", act),
            Self::PlanQuarter { first } => Message::new("plan-quarter").with("first", first),
            Self::PlanDelay { longest } => {
                Message::new("plan-delay-wrong").with("longest", longest)
            }
            Self::PlanTo => Message::new("plan-to-wrong"),
            Self::PlanDirect => Message::new("plan-direct-wrong"),
            Self::PlanPlace(code) => Message::new("plan-place").with("place", code),
            Self::PlanOffice(code) => Message::new("plan-office").with("place", code),
            Self::PlanBegun => Message::new("plan-begun"),
            Self::PlanFull { most } => Message::new("plan-full").with("most", most),
            Self::PlanSame => Message::new("plan-same"),
            Self::NoReason => Message::new("circuit-no-reason"),
            Self::LongReason => Message::new("circuit-long-reason").with("longest", LONGEST),
        }
    }
}

/// A reason as it is kept.
pub(crate) fn reason(typed: &str) -> Result<String, Refused> {
    let text = typed.trim();
    if text.chars().filter(|it| it.is_alphanumeric()).count() < 3 {
        return Err(Refused::NoReason);
    }
    if LONGEST < text.chars().count() {
        return Err(Refused::LongReason);
    }
    Ok(text.to_owned())
}
