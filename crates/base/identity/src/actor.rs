//! Who acts.

use kernel::{Date, Id};

use crate::{Office, OfficeKind};

/// The person (or the program) behind a request, with the offices held that day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Actor {
    /// The person; `None` for an anonymous reader and for the program.
    pub person_id: Option<Id>,
    /// As it is shown and kept in the journal's readers; empty for an anonymous reader.
    pub name: String,
    /// The offices held today.
    pub offices: Vec<Office>,
    is_program: bool,
}

impl Actor {
    /// A reader without an account.
    pub fn anonymous() -> Self {
        Self { person_id: None, name: String::new(), offices: Vec::new(), is_program: false }
    }

    /// The program itself: it fills shipped content and runs the commands of the machine's
    /// operator, who holds the file anyway.
    pub fn program() -> Self {
        Self {
            person_id: None,
            name: "programme".to_owned(),
            offices: Vec::new(),
            is_program: true,
        }
    }

    /// A signed-in person, with the offices held on `today`.
    pub fn person(id: Id, name: String, offices: Vec<Office>, today: Date) -> Self {
        let offices = offices.into_iter().filter(|it| it.is_held_on(today)).collect();
        Self { person_id: Some(id), name, offices, is_program: false }
    }

    /// Whether this is the program.
    pub fn is_program(&self) -> bool {
        self.is_program
    }

    /// Whether somebody is signed in.
    pub fn is_signed_in(&self) -> bool {
        self.person_id.is_some()
    }

    /// The main office, whose place the pages open on.
    pub fn main_office(&self) -> Option<&Office> {
        self.offices
            .iter()
            .find(|it| it.kind != OfficeKind::Administrator)
            .or_else(|| self.offices.first())
    }

    /// What the journal keeps as the author.
    pub(crate) fn signature(&self) -> (String, String) {
        let person = match self.person_id {
            Some(id) => id.to_string(),
            None if self.is_program => "programme".to_owned(),
            None => "anonyme".to_owned(),
        };
        let office = self.main_office().map(|it| it.title.clone()).unwrap_or_default();
        (person, office)
    }
}
