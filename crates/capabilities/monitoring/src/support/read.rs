//! The log of requests as it is kept.

use super::{SupportAsked, SupportAssigned, SupportClosed};
use db::{DbError, Row, Tx};
use kernel::Failure;

/// A request and what became of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    /// Its short hash, which names it.
    pub mark: String,
    /// What is asked.
    pub asked: SupportAsked,
    /// Who logged it.
    pub person: String,
    /// What followed, in the order in which its writers had read.
    pub steps: Vec<Step>,
}

/// One thing done about a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// It was given to a provider.
    Assigned(SupportAssigned, String),
    /// It was closed.
    Closed(SupportClosed, String),
}

impl Step {
    /// Its number.
    pub fn number(&self) -> i64 {
        match self {
            Self::Assigned(it, _) => it.number,
            Self::Closed(it, _) => it.number,
        }
    }
}

/// How far a request is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fate {
    /// Nobody provides it yet.
    Waiting,
    /// Somebody provides it.
    Assigned,
    /// Support was given.
    Done,
    /// It stays without support.
    Dropped,
}

impl Fate {
    /// The end of its keys in the catalogues.
    pub fn word(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Assigned => "assigned",
            Self::Done => "done",
            Self::Dropped => "dropped",
        }
    }

    /// The name of its icon.
    pub fn kind(self) -> &'static str {
        match self {
            Self::Waiting => "todo",
            Self::Assigned => "current",
            Self::Done => "done",
            Self::Dropped => "stopped",
        }
    }

    /// Whether something remains to be done.
    pub fn is_open(self) -> bool {
        matches!(self, Self::Waiting | Self::Assigned)
    }
}

impl Request {
    /// How far it is: a closing counts whatever was written beside it; of several, the last.
    pub fn fate(&self) -> Fate {
        match self.closed() {
            Some(it) if it.done => Fate::Done,
            Some(_) => Fate::Dropped,
            None if self.provider().is_some() => Fate::Assigned,
            None => Fate::Waiting,
        }
    }

    /// Its closing.
    pub fn closed(&self) -> Option<&SupportClosed> {
        self.steps.iter().rev().find_map(|it| match it {
            Step::Closed(it, _) => Some(it),
            Step::Assigned(..) => None,
        })
    }

    /// Who provides it.
    pub fn provider(&self) -> Option<&SupportAssigned> {
        self.steps.iter().rev().find_map(|it| match it {
            Step::Assigned(it, _) => Some(it),
            Step::Closed(..) => None,
        })
    }

    /// The number of the next step.
    pub(super) fn next(&self) -> i64 {
        self.steps.iter().map(Step::number).max().unwrap_or_default() + 1
    }
}

/// The requests of a commune, the latest first. Who may read them is the caller's to ask.
///
/// # Errors
///
/// If the store fails.
pub fn requests(tx: &mut Tx<'_>, commune: &str) -> Result<Vec<Request>, Failure> {
    read(tx, include_str!("sql/of_commune.sql"), commune)
}

/// The request of this name.
///
/// # Errors
///
/// [`Failure::NotFound`] if there is none here, or if the store fails.
pub fn request(tx: &mut Tx<'_>, mark: &str) -> Result<Request, Failure> {
    read(tx, include_str!("sql/one.sql"), mark)?.pop().ok_or(Failure::NotFound)
}

fn read(tx: &mut Tx<'_>, sql: &'static str, with: &str) -> Result<Vec<Request>, Failure> {
    let mut found = Vec::new();
    for row in tx.query(sql, &[with.into()])? {
        let mark = row.text("mark")?.to_owned();
        let mut steps = Vec::new();
        for row in tx.query(include_str!("sql/steps.sql"), &[mark.as_str().into()])? {
            let person = row.text("person")?.to_owned();
            steps.push(match row.text("kind")? {
                "assigned" => Step::Assigned(content(&row)?, person),
                _ => Step::Closed(content(&row)?, person),
            });
        }
        let person = row.text("person")?.to_owned();
        found.push(Request { mark, asked: content(&row)?, person, steps });
    }
    Ok(found)
}

fn content<T: serde::de::DeserializeOwned>(row: &Row) -> Result<T, Failure> {
    let bytes: Result<&[u8], DbError> = row.bytes("content");
    serde_json::from_slice(bytes?).map_err(Failure::broken)
}
