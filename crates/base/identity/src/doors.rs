//! The doors at which a secret is asked for: sign-in, unlocking, the switch on a shared PC, the
//! change of password.
//!
//! All go through one function, which counts the attempt against the person, in a transaction of
//! its own, before it looks at the secret: a caller cannot forget it, a refusal cannot undo it, and
//! guesses sent at once are counted one by one. The slow hash is computed while no transaction is
//! open, so that nobody who writes waits for somebody who guesses.

use db::Tx;
use journal::Journal;
use kernel::{Failure, Id, Message, Reject, Stop};

use crate::secrets::{self, Kind};
use crate::sessions::{self, mark};
use crate::{Actor, PersonRefused, people};

/// Failures that are free before each next one costs a wait.
const FREE_FAILURES: i64 = 4;
/// The wait doubles with each failure, up to this.
const LONGEST_WAIT_MILLIS: i64 = 15 * 60_000;
/// Failures older than this are forgotten: one day.
const MEMORY_MILLIS: i64 = 24 * 3_600_000;
/// The longest sign-in name that is looked for, in letters. Real ones have at most 40.
const LONGEST_LOGIN: usize = 64;

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

/// Why a password is not changed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PasswordRefused {
    /// The old password is wrong, or one must wait.
    #[error(transparent)]
    Door(SignInRefused),
    /// The new password breaks a rule.
    #[error(transparent)]
    Rule(PersonRefused),
}

/// Whose secret is given, and which.
struct Claim {
    /// The folded sign-in name, under which failures are counted, of a person or of nobody.
    login: String,
    /// The person, if there is one.
    person: Option<Id>,
    kind: Kind,
}

impl Claim {
    fn of_person(tx: &mut Tx<'_>, id: Option<Id>, secret: &str) -> Result<Option<Self>, Failure> {
        let Some(id) = id else { return Ok(None) };
        let found = people::person(tx, id)?;
        Ok(found.map(|it| Self { login: it.login, person: Some(id), kind: Kind::of(secret) }))
    }
}

/// A person whose secret was right.
struct Proof {
    login: String,
    person: Id,
}

impl Proof {
    /// Forgets the failures, this attempt's own included. In the transaction of the act.
    fn accept(&self, tx: &mut Tx<'_>) -> Result<(), Failure> {
        tx.execute("delete from sign_in_failure where login = $1", &[self.login.as_str().into()])?;
        secrets::wake_pin(tx, self.person)
    }
}

fn prove(
    journal: &Journal,
    secret: &str,
    now_millis: i64,
    claim: impl FnOnce(&mut Tx<'_>) -> Result<Option<Claim>, Failure>,
) -> Result<Result<Proof, SignInRefused>, Failure> {
    // No secret is that long: nobody is looked for, hence nothing can be told from the time.
    if !secrets::is_bounded(secret) {
        return Ok(Err(SignInRefused::Wrong));
    }
    let attempt = journal.db().write(|tx| {
        let Some(claim) = claim(tx)? else { return Ok(Err(SignInRefused::Wrong)) };
        if let Some(seconds) = wait(tx, &claim.login, now_millis)? {
            return Ok(Err(SignInRefused::Wait { seconds }));
        }
        count(tx, &claim.login, now_millis)?;
        let hash = secrets::attempt(tx, claim.person, claim.kind)?;
        Ok::<_, Failure>(Ok((claim, hash)))
    })?;
    let (claim, hash) = match attempt {
        Ok(it) => it,
        Err(refused) => return Ok(Err(refused)),
    };
    Ok(match claim.person {
        Some(person) if secrets::holds(secret, hash.as_deref()) => {
            Ok(Proof { login: claim.login, person })
        }
        Some(_) => Err(SignInRefused::Wrong),
        None => {
            // The same work, so that the time of the answer tells nobody who exists.
            secrets::holds(secret, None);
            Err(SignInRefused::Wrong)
        }
    })
}

fn count(tx: &mut Tx<'_>, login: &str, now_millis: i64) -> Result<(), Failure> {
    tx.execute(
        "delete from sign_in_failure where last_millis < $1",
        &[(now_millis - MEMORY_MILLIS).into()],
    )?;
    tx.execute(include_str!("../sql/count_failure.sql"), &[login.into(), now_millis.into()])?;
    Ok(())
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

/// Opens a session by name and password on a device (a new one if `device` is empty or unknown
/// here). Returns the names of the session and of the device, for the browser to keep.
///
/// # Errors
///
/// If the store fails. A refusal is an answer.
pub fn open(
    journal: &Journal,
    login: &str,
    password: &str,
    device: Option<&str>,
    now_millis: i64,
) -> Result<Result<(String, String), SignInRefused>, Failure> {
    if login.len() > 4 * LONGEST_LOGIN || login.chars().count() > LONGEST_LOGIN {
        return Ok(Err(SignInRefused::Wrong));
    }
    let proof = prove(journal, password, now_millis, |tx| {
        let login = people::fold_login(login);
        let person = people::by_login(tx, &login)?.map(|it| it.id);
        Ok(Some(Claim { login, person, kind: Kind::Password }))
    })?;
    let proof = match proof {
        Ok(it) => it,
        Err(refused) => return Ok(Err(refused)),
    };
    journal.db().write(|tx| {
        proof.accept(tx)?;
        sessions::open_for_device(tx, proof.person, device, now_millis).map(Ok)
    })
}

/// Opens a locked session with the PIN or the password.
///
/// # Errors
///
/// If the store fails. A refusal is an answer.
pub fn unlock(
    journal: &Journal,
    session: &str,
    secret: &str,
    now_millis: i64,
) -> Result<Result<(), SignInRefused>, Failure> {
    let proof = prove(journal, secret, now_millis, |tx| {
        let found = sessions::find(tx, session, now_millis)?;
        Claim::of_person(tx, found.and_then(|it| it.actor.person_id), secret)
    })?;
    let proof = match proof {
        Ok(it) => it,
        Err(refused) => return Ok(Err(refused)),
    };
    journal.db().write(|tx| {
        proof.accept(tx)?;
        tx.execute(
            "update session set locked = 0 where session_hash = $1",
            &[mark(session).into()],
        )?;
        sessions::touch(tx, session, now_millis).map(Ok)
    })
}

/// Goes over to another person signed in on the same device, by that person's PIN or password.
/// Returns the names of the session and of the device to keep.
///
/// # Errors
///
/// If the store fails. A refusal is an answer.
pub fn switch(
    journal: &Journal,
    device: &str,
    person_id: Id,
    secret: &str,
    now_millis: i64,
) -> Result<Result<(String, String), SignInRefused>, Failure> {
    let proof = prove(journal, secret, now_millis, |tx| {
        let here = sessions::others_on_device(tx, device, now_millis)?;
        let present = here.iter().any(|it| it.0 == person_id);
        Claim::of_person(tx, present.then_some(person_id), secret)
    })?;
    let proof = match proof {
        Ok(it) => it,
        Err(refused) => return Ok(Err(refused)),
    };
    journal.db().write(|tx| {
        proof.accept(tx)?;
        let (session, device) = sessions::open_for_device(tx, person_id, Some(device), now_millis)?;
        tx.execute(
            include_str!("../sql/close_on_device.sql"),
            &[mark(&device).into(), person_id.to_string().into(), mark(&session).into()],
        )?;
        Ok(Ok((session, device)))
    })
}

/// Changes the actor's own password; the old one must be given. The person's sessions end, but for
/// the one that is `kept`: whoever knew the old password is out.
///
/// # Errors
///
/// [`PasswordRefused`].
pub fn change_password(
    journal: &Journal,
    actor: &Actor,
    kept: Option<&str>,
    old: &str,
    new: &str,
    now_millis: i64,
) -> Result<(), Stop<PasswordRefused>> {
    let id = actor.person_id.ok_or(Failure::Denied("sign in".to_owned()))?;
    let own = journal.db().read(|tx| people::person(tx, id))?.ok_or(Failure::NotFound)?;
    secrets::check_password(new, &own.name, &own.login)
        .map_err(|it| Stop::Refused(PasswordRefused::Rule(it)))?;
    let proof = prove(journal, old, now_millis, |_| {
        Ok(Some(Claim { login: own.login, person: Some(id), kind: Kind::Password }))
    })?
    .map_err(|it| Stop::Refused(PasswordRefused::Door(it)))?;
    let hash = secrets::hash(new)?;
    Ok(journal.db().write(|tx| {
        proof.accept(tx)?;
        secrets::store_hash(tx, id, &hash, now_millis)?;
        tx.execute(
            "delete from session where person_id = $1 and session_hash <> $2",
            &[id.to_string().into(), kept.map(mark).unwrap_or_default().into()],
        )?;
        Ok::<_, Failure>(())
    })?)
}

/// Sets the actor's own PIN, for the fast switch on a shared PC.
///
/// # Errors
///
/// [`PersonRefused::BadPin`] if it is not six digits, or is guessed too easily.
pub fn set_pin(journal: &Journal, actor: &Actor, pin: &str) -> Result<(), Stop<PersonRefused>> {
    let id = actor.person_id.ok_or(Failure::Denied("sign in".to_owned()))?;
    secrets::check_new_pin(pin).map_err(Stop::Refused)?;
    let hash = secrets::hash(pin)?;
    Ok(journal.db().write(|tx| {
        tx.execute(
            "update credential set pin_hash = $2, pin_failures = 0 where person_id = $1",
            &[id.to_string().into(), hash.into()],
        )?;
        Ok::<_, Failure>(())
    })?)
}
