//! Sessions: who sits at which screen.
//!
//! The browser holds a random 256-bit name; the base holds its hash. A session ends after twelve
//! hours, or twelve hours after it was last used on the same day of work; it locks by itself after
//! fifteen minutes without a gesture, and opens again with the PIN or the password.

use db::Tx;
use journal::Journal;
use kernel::{Date, Failure, Id, Message, Reject};

use crate::secrets::{check_pin, check_secret, wake_pin};
use crate::{Actor, people};

/// A session lasts this long, used or not.
const LIFE_MILLIS: i64 = 12 * 3_600_000;
/// Without a gesture for this long, it locks.
const LOCK_MILLIS: i64 = 15 * 60_000;
/// `seen` is written at most this often, so that reading pages does not write to the disk.
const SEEN_MILLIS: i64 = 60_000;
/// Failures that are free before each next one costs a wait.
const FREE_FAILURES: i64 = 4;
/// The wait doubles with each failure, up to this.
const LONGEST_WAIT_MILLIS: i64 = 15 * 60_000;

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

/// Why a sign-in, a switch or an unlocking is refused.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SignInRefused {
    /// The name or the password is wrong; which one is not said.
    #[error("wrong name or password")]
    Wrong,
    /// Too many failures: wait.
    #[error("too many failures; wait {seconds} s")]
    Wait {
        /// Seconds to wait.
        seconds: i64,
    },
}

impl Reject for SignInRefused {
    fn message(&self) -> Message {
        match self {
            Self::Wrong => Message::new("sign-in-wrong"),
            Self::Wait { seconds } => Message::new("sign-in-wait").with("seconds", seconds),
        }
    }
}

/// The hash under which a session or device name is kept.
fn mark(name: &str) -> String {
    blake3::hash(name.as_bytes()).to_hex().to_string()
}

/// A new random name for a session or a device.
fn new_name() -> Result<String, Failure> {
    let mut bytes = [0; 32];
    getrandom::fill(&mut bytes).map_err(|error| Failure::told(format!("random: {error}")))?;
    Ok(blake3::Hash::from_bytes(bytes).to_hex().to_string())
}

/// Opens a session by name and password on a device (a new one if `device` is empty). Returns the
/// names of the session and of the device, for the browser to keep.
///
/// # Errors
///
/// [`SignInRefused`]; failures are counted even though the sign-in is refused, so the caller must
/// commit the transaction in that case too.
pub fn open(
    tx: &mut Tx<'_>,
    login: &str,
    password: &str,
    device: Option<&str>,
    now_millis: i64,
) -> Result<Result<(String, String), SignInRefused>, Failure> {
    let key = kernel::search::fold(login);
    if let Some(seconds) = wait(tx, &key, now_millis)? {
        return Ok(Err(SignInRefused::Wait { seconds }));
    }
    let person = people::by_login(tx, login)?;
    let id = person.as_ref().map(|it| it.id);
    match (check_secret(tx, id, password)?, id) {
        (true, Some(id)) => {
            tx.execute("delete from sign_in_failure where login = $1", &[key.into()])?;
            wake_pin(tx, id)?;
            open_for_device(tx, id, device, now_millis).map(Ok)
        }
        _ => {
            tx.execute(include_str!("../sql/count_failure.sql"), &[key.into(), now_millis.into()])?;
            Ok(Err(SignInRefused::Wrong))
        }
    }
}

/// Opens a session for a person whose right to it was just proved.
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
    let device = match device.filter(|it| it.len() == 64) {
        Some(it) => it.to_owned(),
        None => new_name()?,
    };
    let session = new_name()?;
    tx.execute(
        "delete from session where opened_millis < $1",
        &[(now_millis - LIFE_MILLIS).into()],
    )?;
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

fn wait(tx: &mut Tx<'_>, login: &str, now_millis: i64) -> Result<Option<i64>, Failure> {
    let rows = tx.query(
        "select failures, last_millis from sign_in_failure where login = $1",
        &[login.into()],
    )?;
    let Some(row) = rows.first() else { return Ok(None) };
    let beyond = row.int("failures")? - FREE_FAILURES;
    if beyond < 0 {
        return Ok(None);
    }
    let wait = (1000_i64 << beyond.min(20)).min(LONGEST_WAIT_MILLIS);
    let left = row.int("last_millis")? + wait - now_millis;
    // A clock that went back must not lock anybody out for years.
    Ok((0 < left && left <= LONGEST_WAIT_MILLIS).then_some(left / 1000 + 1))
}

/// The session of this name, if it lives.
///
/// # Errors
///
/// If the store fails.
pub fn find(tx: &mut Tx<'_>, name: &str, now_millis: i64) -> Result<Option<Session>, Failure> {
    let rows = tx.query(
        "select person_id, opened_millis, seen_millis, locked from session where session_hash = $1",
        &[mark(name).into()],
    )?;
    let Some(row) = rows.first() else { return Ok(None) };
    let (opened, seen) = (row.int("opened_millis")?, row.int("seen_millis")?);
    if opened + LIFE_MILLIS < now_millis {
        return Ok(None);
    }
    let Some(person) = people::person(tx, row.parse("person_id")?)? else { return Ok(None) };
    let idle = now_millis - seen;
    let locked = row.int("locked")? != 0 || LOCK_MILLIS < idle;
    let today = Date::from_millis(now_millis);
    Ok(Some(Session {
        actor: Actor::person(person.id, person.name, person.offices, today),
        state: if locked { SessionState::Locked } else { SessionState::Open },
        stale: SEEN_MILLIS < idle && !locked,
    }))
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

/// Opens a locked session with the PIN or the password.
///
/// # Errors
///
/// [`SignInRefused::Wrong`]; the caller must commit in that case too (a wrong PIN is counted).
pub fn unlock(
    tx: &mut Tx<'_>,
    name: &str,
    secret: &str,
    now_millis: i64,
) -> Result<Result<(), SignInRefused>, Failure> {
    let Some(session) = find(tx, name, now_millis)? else { return Ok(Err(SignInRefused::Wrong)) };
    let Some(id) = session.actor.person_id else { return Ok(Err(SignInRefused::Wrong)) };
    if !proves(tx, id, secret)? {
        return Ok(Err(SignInRefused::Wrong));
    }
    tx.execute("update session set locked = 0 where session_hash = $1", &[mark(name).into()])?;
    touch(tx, name, now_millis)?;
    Ok(Ok(()))
}

fn proves(tx: &mut Tx<'_>, id: Id, secret: &str) -> Result<bool, Failure> {
    // A six-digit secret is a PIN; passwords are longer by rule.
    if secret.len() == 6 {
        return check_pin(tx, id, secret);
    }
    let right = check_secret(tx, Some(id), secret)?;
    if right {
        wake_pin(tx, id)?;
    }
    Ok(right)
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

/// Goes over to another person signed in on the same device, by that person's PIN or password.
/// Returns the name of the session to keep.
///
/// # Errors
///
/// [`SignInRefused::Wrong`]; the caller must commit in that case too.
pub fn switch(
    tx: &mut Tx<'_>,
    device: &str,
    person_id: Id,
    secret: &str,
    now_millis: i64,
) -> Result<Result<String, SignInRefused>, Failure> {
    let present = others_on_device(tx, device, now_millis)?.iter().any(|it| it.0 == person_id);
    if !present || !proves(tx, person_id, secret)? {
        return Ok(Err(SignInRefused::Wrong));
    }
    tx.execute(
        "delete from session where device_hash = $1 and person_id = $2",
        &[mark(device).into(), person_id.to_string().into()],
    )?;
    Ok(Ok(open_for_device(tx, person_id, Some(device), now_millis)?.0))
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

/// Finds the session and, if it has not been noted for a minute, notes that it is in use.
///
/// # Errors
///
/// If the store fails.
pub fn find_and_touch(
    journal: &Journal,
    name: &str,
    now_millis: i64,
) -> Result<Option<Session>, Failure> {
    let session = journal.db().read(|tx| find(tx, name, now_millis))?;
    if session.as_ref().is_some_and(|it| it.stale) {
        journal.db().write(|tx| touch(tx, name, now_millis))?;
    }
    Ok(session)
}
