//! What can stop an act, and for whom the words are: the person, another person, the operator.

use std::fmt;

/// A sentence of the translation catalogue: a stable key and its named arguments.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    /// The key in `fr.ftl` and `en.ftl`; also the code that can be read out on the telephone.
    pub key: String,
    /// The arguments, in the order in which they were given.
    pub arguments: Vec<(String, String)>,
}

impl Message {
    /// The sentence of this key, without arguments yet.
    pub fn new(key: impl Into<String>) -> Self {
        Self { key: key.into(), arguments: Vec::new() }
    }

    /// Adds an argument.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl fmt::Display) -> Self {
        self.arguments.push((name.to_owned(), value.to_string()));
        self
    }
}

/// A broken rule that says itself in the catalogue's words.
pub trait Reject {
    /// The sentence for the person, which ends with what to do next.
    fn message(&self) -> Message;
}

impl Reject for Message {
    fn message(&self) -> Message {
        self.clone()
    }
}

/// What stops an act otherwise than by a rule that the person can correct.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// Another person could do it: the actor lacks the office or the territory.
    #[error("denied: {0}")]
    Denied(String),
    /// There is nothing at this address, or the actor may not know that there is.
    #[error("not found")]
    NotFound,
    /// The operator must look: the chain of causes goes to the log.
    #[error(transparent)]
    Broken(#[from] Box<dyn std::error::Error + Send + Sync>),
}

impl Failure {
    /// A failure for the operator.
    pub fn broken(error: impl std::error::Error + Send + Sync + 'static) -> Self {
        Self::Broken(Box::new(error))
    }

    /// A failure for the operator, told in one sentence.
    pub fn told(sentence: impl Into<String>) -> Self {
        Self::Broken(sentence.into().into())
    }
}

/// Why an act did not happen. Nothing was written.
#[derive(Debug, thiserror::Error)]
pub enum Stop<R> {
    /// A rule is broken; the person can correct it (422, the form comes back as typed).
    #[error("refused")]
    Refused(R),
    /// Another person or the operator must look.
    #[error(transparent)]
    Failed(#[from] Failure),
}

impl<R: Reject> Stop<R> {
    /// The same stop with its rule already said, for callers that join several rules.
    pub fn said(self) -> Stop<Message> {
        match self {
            Self::Refused(rule) => Stop::Refused(rule.message()),
            Self::Failed(failure) => Stop::Failed(failure),
        }
    }
}
