//! Files that people send, and their keeping between two steps of one person.

use std::collections::{BTreeMap, VecDeque};
use std::sync::{Arc, Mutex, PoisonError};

use axum::extract::{FromRequest, Multipart, Request};
use kernel::Id;

use crate::{PageFailure, Visit};

/// What a form with a file brought.
#[derive(Clone, Debug, Default)]
pub struct Sent {
    /// Its fields, by name.
    pub fields: BTreeMap<String, String>,
    /// The name of the file; empty if none was chosen.
    pub name: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// Whether all of it came in: `false` if it is larger than the address takes.
    pub whole: bool,
}

impl Sent {
    /// Reads the form, once its token was found to be this session's. The token must come first.
    ///
    /// # Errors
    ///
    /// [`PageFailure::Denied`] without the token, [`PageFailure::Unreadable`] if it is no such form.
    pub async fn read(visit: &Visit, request: Request) -> Result<Self, PageFailure> {
        let mut parts =
            Multipart::from_request(request, &()).await.map_err(|_| PageFailure::Unreadable)?;
        let mut sent = Self { whole: true, ..Self::default() };
        loop {
            let part = match parts.next_field().await {
                Ok(Some(it)) => it,
                Ok(None) => break,
                Err(_) => {
                    sent.whole = false;
                    break;
                }
            };
            let field = part.name().unwrap_or_default().to_owned();
            let name = part.file_name().map(str::to_owned);
            let Ok(bytes) = part.bytes().await else {
                sent.whole = false;
                break;
            };
            match name {
                Some(name) if !bytes.is_empty() => {
                    // Some browsers send the whole path.
                    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
                    sent.name = last.chars().filter(|it| !it.is_control()).take(120).collect();
                    sent.bytes = bytes.to_vec();
                }
                Some(_) => {}
                None => {
                    sent.fields.insert(field, String::from_utf8_lossy(&bytes).into_owned());
                }
            }
        }
        if sent.field("jeton") != visit.chrome_titled("").jeton {
            return Err(PageFailure::Denied);
        }
        Ok(sent)
    }

    /// A field; empty if the form has none of this name.
    pub fn field(&self, name: &str) -> &str {
        self.fields.get(name).map_or("", String::as_str)
    }
}

/// Things that wait for the next step of the person who brought them. They are in memory alone: the
/// oldest makes room, and a program that starts again asks for the file again.
pub struct Waiting<T> {
    kept: Mutex<VecDeque<Kept<T>>>,
    most: usize,
}

struct Kept<T> {
    id: String,
    person: Option<Id>,
    thing: Arc<T>,
}

impl<T> Waiting<T> {
    /// Room for so many things.
    pub const fn new(most: usize) -> Self {
        Self { kept: Mutex::new(VecDeque::new()), most }
    }

    /// Keeps a thing for this person; gives the name under which it is found again.
    pub fn keep(&self, visit: &Visit, thing: T) -> String {
        let id = Id::mint().to_string();
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        let person = visit.actor.person_id;
        kept.push_back(Kept { id: id.clone(), person, thing: Arc::new(thing) });
        while self.most < kept.len() {
            kept.pop_front();
        }
        id
    }

    /// The thing of this name, if this person brought it and it still waits.
    pub fn find(&self, visit: &Visit, id: &str) -> Option<Arc<T>> {
        let kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        let mine = |it: &&Kept<T>| it.id == id && it.person == visit.actor.person_id;
        kept.iter().find(mine).map(|it| Arc::clone(&it.thing))
    }

    /// Forgets a thing.
    pub fn forget(&self, id: &str) {
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        kept.retain(|it| it.id != id);
    }
}
