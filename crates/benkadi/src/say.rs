//! How commands answer: sentences for people, JSON for programs. The catalogues hold the words.

use std::error::Error;

use db::DbError;
use journal::{CopyError, FoldError, JournalError, ReceiveError};
use kernel::{Failure, Language, Message, Reject, Stop};
use serde_json::{Map, Value};
use web::Catalogue;

/// How a database of the server is made so that it sorts as the embedded base does.
const CREATE_DATABASE: &str =
    "create database benkadi template template0 encoding 'UTF8' lc_collate 'C' lc_ctype 'C'";

/// Why a command did not do its work.
#[derive(Debug)]
pub enum Refusal {
    /// In the catalogue's words.
    Said(Message),
    /// In the catalogue's words, several at once: the faults of a base.
    Several(Vec<Message>),
    /// In the words of the machine or of a library, for the operator.
    Told(String),
}

impl From<Message> for Refusal {
    fn from(message: Message) -> Self {
        Self::Said(message)
    }
}

/// The catalogue's words for what the store or the journal says of itself, if it has some.
fn known(error: &(dyn Error + 'static)) -> Option<Message> {
    if let Some(it) = error.downcast_ref::<DbError>() {
        return known_of_store(it);
    }
    if let Some(it) = error.downcast_ref::<JournalError>() {
        return known_of_journal(it);
    }
    match (error.downcast_ref::<CopyError>(), error.downcast_ref::<ReceiveError>()) {
        (Some(CopyError::Journal(it) | CopyError::Receive(ReceiveError::Journal(it))), _)
        | (_, Some(ReceiveError::Journal(it))) => known_of_journal(it),
        _ => None,
    }
}

fn known_of_store(error: &DbError) -> Option<Message> {
    match error {
        DbError::Full => Some(Message::new("command-disk-full")),
        DbError::ReadOnly => Some(Message::new("command-read-only")),
        DbError::Collation(it) => Some(
            Message::new("command-collation")
                .with("collation", it)
                .with("statement", CREATE_DATABASE),
        ),
        _ => None,
    }
}

fn known_of_journal(error: &JournalError) -> Option<Message> {
    match error {
        JournalError::Db(it) | JournalError::Fold(FoldError::Db(it)) => known_of_store(it),
        JournalError::OtherEdition => Some(Message::new("command-fault-edition")),
        JournalError::TooLong { size, most, .. } => {
            Some(Message::new("command-too-long").with("size", size).with("most", most))
        }
        JournalError::Nul(_) => Some(Message::new("command-nul")),
        _ => None,
    }
}

impl From<Failure> for Refusal {
    fn from(failure: Failure) -> Self {
        if let Failure::Broken(error) = &failure
            && let Some(it) = known(error.as_ref())
        {
            return Self::Said(it);
        }
        let mut chain = failure.to_string();
        let mut cause = std::error::Error::source(&failure);
        while let Some(it) = cause {
            let said = it.to_string();
            if !chain.ends_with(&said) {
                chain.push_str(&format!(": {said}"));
            }
            cause = it.source();
        }
        Self::Told(chain)
    }
}

impl From<db::DbError> for Refusal {
    fn from(error: db::DbError) -> Self {
        Failure::from(error).into()
    }
}

impl From<journal::JournalError> for Refusal {
    fn from(error: journal::JournalError) -> Self {
        Failure::from(error).into()
    }
}

impl From<std::io::Error> for Refusal {
    fn from(error: std::io::Error) -> Self {
        Self::Told(error.to_string())
    }
}

impl<R: Reject> From<Stop<R>> for Refusal {
    fn from(stop: Stop<R>) -> Self {
        match stop {
            Stop::Refused(rule) => Self::Said(rule.message()),
            Stop::Failed(failure) => failure.into(),
        }
    }
}

/// The way of answering of this run.
pub struct Voice {
    json: bool,
    language: Language,
    catalogue: Option<Catalogue>,
}

impl Voice {
    /// Answers in JSON or in this language.
    pub fn new(json: bool, language: Language) -> Self {
        Self { json, language, catalogue: crate::assembly::catalogue().ok() }
    }

    /// The words of a message.
    pub fn words(&self, message: &Message) -> String {
        match &self.catalogue {
            Some(it) => it.tell(self.language, message),
            None => message.key.clone(),
        }
    }

    /// The result of a command: a sentence, and its facts for programs.
    pub fn done(&self, message: &Message, facts: Value) {
        if self.json {
            let mut object = match facts {
                Value::Object(it) => it,
                other => Map::from_iter([("result".to_owned(), other)]),
            };
            object.insert("ok".to_owned(), true.into());
            println!("{}", Value::Object(object));
        } else {
            println!("{}", self.words(message));
        }
    }

    /// A line of detail, for people only.
    pub fn detail(&self, message: &Message) {
        if !self.json {
            println!("{}", self.words(message));
        }
    }

    /// How far a long work has come, on the error output, so that a pipe stays clean.
    pub fn progress(&self, message: &Message) {
        if !self.json {
            eprintln!("{}", self.words(message));
        }
    }

    /// The refusal.
    pub fn refuse(&self, refusal: &Refusal) {
        let (code, sentence) = match refusal {
            Refusal::Said(message) => (message.key.clone(), self.words(message)),
            Refusal::Several(messages) => return self.refuse_all(messages),
            Refusal::Told(chain) => {
                let message = Message::new("command-failed").with("reason", chain);
                ("command-failed".to_owned(), self.words(&message))
            }
        };
        if self.json {
            println!("{}", serde_json::json!({ "ok": false, "code": code, "message": sentence }));
        } else {
            eprintln!("{sentence}");
        }
    }

    fn refuse_all(&self, messages: &[Message]) {
        let sentences: Vec<String> = messages.iter().map(|it| self.words(it)).collect();
        if self.json {
            let code = messages.first().map(|it| it.key.as_str());
            let answer = serde_json::json!({
                "ok": false, "code": code, "message": sentences.first(), "all": sentences,
            });
            println!("{answer}");
        } else {
            eprintln!("{}", sentences.join("\n"));
        }
    }
}
