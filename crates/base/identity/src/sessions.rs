//! Sessions: who sits at which screen.
//!
//! The browser holds a random 256-bit name; the base holds its hash. A session ends after twelve
//! hours, or twelve hours after it was last used on the same day of work; it locks by itself after
//! fifteen minutes without a gesture, and opens again with the PIN or the password.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use db::{Generation, Tx};
use journal::Journal;
use kernel::{Date, Failure, Id};

use crate::{Actor, Person, people};

/// A session lasts this long, used or not.
const LIFE_MILLIS: i64 = 12 * 3_600_000;
/// Without a gesture for this long, it locks.
const LOCK_MILLIS: i64 = 15 * 60_000;
/// `seen` is written at most this often, so that reading pages does not write to the disk.
const SEEN_MILLIS: i64 = 60_000;
/// More sessions than this are looked up again. A post has some tens.
const MOST_KNOWN: usize = 4_000;

/// Where a session stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SessionState {
    /// In use.
    Open,
    /// Waits for the PIN or the password.
    Locked,
}

/// A session found again.
#[derive(Clone, Debug)]
pub struct Session {
    /// The person, with today's offices.
    pub actor: Actor,
    /// Open or locked.
    pub state: SessionState,
    /// Whether `seen` is due to be written.
    pub stale: bool,
}

/// The hash under which a session or device name is kept.
pub(crate) fn mark(name: &str) -> String {
    blake3::hash(name.as_bytes()).to_hex().to_string()
}

/// A new random name for a session or a device.
fn new_name() -> Result<String, Failure> {
    let mut bytes = [0; 32];
    getrandom::fill(&mut bytes).map_err(|error| Failure::told(format!("random: {error}")))?;
    Ok(blake3::Hash::from_bytes(bytes).to_hex().to_string())
}

/// Opens a session for a person whose right to it was just proved, on the named device if somebody
/// is signed in on it: a name that was put into the browser by somebody else is not taken over.
///
/// # Errors
///
/// If the store fails.
pub fn open_for_device(
    tx: &mut Tx<'_>,
    person_id: Id,
    device: Option<&str>,
    now_millis: i64,
) -> Result<(String, String), Failure> {
    tx.execute(
        "delete from session where opened_millis < $1",
        &[(now_millis - LIFE_MILLIS).into()],
    )?;
    let device = match device {
        Some(it) if is_device(tx, it)? => it.to_owned(),
        _ => new_name()?,
    };
    let session = new_name()?;
    tx.execute(
        include_str!("../sql/open_session.sql"),
        &[
            mark(&session).into(),
            mark(&device).into(),
            person_id.to_string().into(),
            now_millis.into(),
        ],
    )?;
    Ok((session, device))
}

fn is_device(tx: &mut Tx<'_>, name: &str) -> Result<bool, Failure> {
    let rows = tx.query(
        "select session_hash from session where device_hash = $1 limit 1",
        &[mark(name).into()],
    )?;
    Ok(!rows.is_empty())
}

/// The session of this name, if it lives.
///
/// # Errors
///
/// If the store fails.
pub fn find(tx: &mut Tx<'_>, name: &str, now_millis: i64) -> Result<Option<Session>, Failure> {
    Ok(held(tx, name)?.and_then(|it| it.at(now_millis)))
}

/// What the base holds of a session. What it is worth depends on the time.
#[derive(Clone, Debug)]
struct Held {
    opened_millis: i64,
    seen_millis: i64,
    locked: bool,
    person: Person,
}

fn held(tx: &mut Tx<'_>, name: &str) -> Result<Option<Held>, Failure> {
    let rows = tx.query(
        "select person_id, opened_millis, seen_millis, locked from session where session_hash = $1",
        &[mark(name).into()],
    )?;
    let Some(row) = rows.first() else { return Ok(None) };
    let Some(person) = people::person(tx, row.parse("person_id")?)? else { return Ok(None) };
    Ok(Some(Held {
        opened_millis: row.int("opened_millis")?,
        seen_millis: row.int("seen_millis")?,
        locked: row.int("locked")? != 0,
        person,
    }))
}

impl Held {
    fn at(self, now_millis: i64) -> Option<Session> {
        if self.opened_millis + LIFE_MILLIS < now_millis {
            return None;
        }
        let idle = now_millis - self.seen_millis;
        let locked = self.locked || LOCK_MILLIS < idle;
        let (today, person) = (Date::from_millis(now_millis), self.person);
        Some(Session {
            actor: Actor::person(person.id, person.name, person.offices, today),
            state: if locked { SessionState::Locked } else { SessionState::Open },
            stale: SEEN_MILLIS < idle && !locked,
        })
    }
}

/// The sessions that were found in one state of the base. Nothing in them is believed once anything
/// was committed, by whom ever: a session that was locked or ended, an office that was taken away,
/// hold from the next question on.
#[derive(Debug, Default)]
pub struct Sessions(Mutex<HashMap<String, (Generation, Held)>>);

impl Sessions {
    fn known(&self) -> MutexGuard<'_, HashMap<String, (Generation, Held)>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A session that can be told without a question to the base; `None` says nothing: look it up.
    pub fn recall(&self, journal: &Journal, name: &str, now_millis: i64) -> Option<Session> {
        let now = journal.db().generation()?;
        let held = self.known().get(&mark(name)).filter(|it| it.0 == now).map(|it| it.1.clone());
        held?.at(now_millis).filter(|it| !it.stale)
    }

    /// Finds the session and, if it has not been noted for a minute, notes that it is in use.
    ///
    /// # Errors
    ///
    /// If the store fails.
    pub fn find_and_touch(
        &self,
        journal: &Journal,
        name: &str,
        now_millis: i64,
    ) -> Result<Option<Session>, Failure> {
        if let Some(found) = self.recall(journal, name, now_millis) {
            return Ok(Some(found));
        }
        let before = journal.db().generation();
        let held = journal.db().read(|tx| held(tx, name))?;
        let mut known = self.known();
        match before.zip(held.clone()) {
            Some(it) => {
                if MOST_KNOWN <= known.len() {
                    known.clear();
                }
                known.insert(mark(name), it);
            }
            None => {
                known.remove(&mark(name));
            }
        }
        drop(known);
        let session = held.and_then(|it| it.at(now_millis));
        if session.as_ref().is_some_and(|it| it.stale) {
            journal.db().write(|tx| touch(tx, name, now_millis))?;
        }
        Ok(session)
    }
}

/// Notes that the session is in use.
///
/// # Errors
///
/// If the store fails.
pub(crate) fn touch(tx: &mut Tx<'_>, name: &str, now_millis: i64) -> Result<(), Failure> {
    tx.execute(
        "update session set seen_millis = $2 where session_hash = $1",
        &[mark(name).into(), now_millis.into()],
    )?;
    Ok(())
}

/// Locks the session: « je m’absente ».
///
/// # Errors
///
/// If the store fails.
pub fn lock(tx: &mut Tx<'_>, name: &str) -> Result<(), Failure> {
    tx.execute("update session set locked = 1 where session_hash = $1", &[mark(name).into()])?;
    Ok(())
}

/// The other people who are signed in on this device, for the fast switch.
///
/// # Errors
///
/// If the store fails.
pub fn others_on_device(
    tx: &mut Tx<'_>,
    device: &str,
    now_millis: i64,
) -> Result<Vec<(Id, String)>, Failure> {
    let rows = tx.query(
        include_str!("../sql/on_device.sql"),
        &[mark(device).into(), (now_millis - LIFE_MILLIS).into()],
    )?;
    rows.iter().map(|it| Ok((it.parse("person_id")?, it.text("name")?.to_owned()))).collect()
}

/// Ends this session.
///
/// # Errors
///
/// If the store fails.
pub fn close(tx: &mut Tx<'_>, name: &str) -> Result<(), Failure> {
    tx.execute("delete from session where session_hash = $1", &[mark(name).into()])?;
    Ok(())
}

/// Ends all sessions of a person, everywhere.
///
/// # Errors
///
/// If the store fails.
pub fn close_all(tx: &mut Tx<'_>, person_id: Id) -> Result<(), Failure> {
    tx.execute("delete from session where person_id = $1", &[person_id.to_string().into()])?;
    Ok(())
}
