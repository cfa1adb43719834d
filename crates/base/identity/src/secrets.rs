//! Passwords and PINs: kept as Argon2id hashes, never in the journal, never in a log.
//!
//! Source: OWASP Password Storage Cheat Sheet (Argon2id, 19 MiB, two passes), which are the
//! defaults of the `argon2` crate.

use argon2::Argon2;
use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use db::Tx;
use kernel::search::fold as fold_text;
use kernel::{Failure, Id, Stop};

use crate::people::SHORTEST_PASSWORD;
use crate::{Ctx, PersonRefused};

/// The longest secret that is hashed: more would only serve to tire the machine.
const LONGEST: usize = 256;
/// Wrong PINs before the password is asked for.
const PIN_TRIES: i64 = 5;

pub(crate) fn check_password(password: &str, name: &str, login: &str) -> Result<(), PersonRefused> {
    let length = password.chars().count();
    if !(SHORTEST_PASSWORD..=LONGEST).contains(&length) {
        return Err(PersonRefused::ShortPassword);
    }
    let plain = fold_text(password).replace(' ', "");
    let is_name = plain == fold_text(name).replace(' ', "") || plain == login.replace('.', "");
    let first = password.chars().next();
    let one_letter = password.chars().all(|it| Some(it) == first);
    if is_name || one_letter || "12345678901234567890".starts_with(&plain) {
        return Err(PersonRefused::EasyPassword);
    }
    Ok(())
}

fn hash(secret: &str) -> Result<String, Failure> {
    let hashed = Argon2::default()
        .hash_password(secret.as_bytes())
        .map_err(|error| Failure::told(format!("hashing: {error}")))?;
    Ok(hashed.to_string())
}

fn holds(secret: &str, hashed: &str) -> bool {
    secret.len() <= LONGEST * 4
        && PasswordHash::new(hashed)
            .is_ok_and(|it| Argon2::default().verify_password(secret.as_bytes(), &it).is_ok())
}

pub(crate) fn store_password(
    tx: &mut Tx<'_>,
    person_id: Id,
    password: &str,
    now_millis: i64,
) -> Result<(), Failure> {
    let hashed = hash(password)?;
    tx.execute(
        include_str!("../sql/set_password.sql"),
        &[person_id.to_string().into(), hashed.into(), now_millis.into()],
    )?;
    Ok(())
}

/// Whether this is the person's password. Takes as long for a person who does not exist.
///
/// # Errors
///
/// If the store fails.
pub fn check_secret(
    tx: &mut Tx<'_>,
    person_id: Option<Id>,
    password: &str,
) -> Result<bool, Failure> {
    let id = person_id.map(|it| it.to_string()).unwrap_or_default();
    let rows =
        tx.query("select password_hash from credential where person_id = $1", &[id.into()])?;
    match rows.first() {
        Some(row) => Ok(holds(password, row.text("password_hash")?)),
        None => {
            // The same work, so that the time of the answer tells nobody who exists.
            hash(password.get(..64).unwrap_or("absent"))?;
            Ok(false)
        }
    }
}

/// Whether this is the person's PIN. After five wrong ones the PIN sleeps until the password is
/// given.
///
/// # Errors
///
/// If the store fails.
pub fn check_pin(tx: &mut Tx<'_>, person_id: Id, pin: &str) -> Result<bool, Failure> {
    let id = person_id.to_string();
    let rows = tx.query(
        "select pin_hash, pin_failures from credential where person_id = $1",
        &[id.as_str().into()],
    )?;
    let Some(row) = rows.first() else { return Ok(false) };
    let Some(hashed) = row.opt_text("pin_hash")? else { return Ok(false) };
    if row.int("pin_failures")? >= PIN_TRIES {
        return Ok(false);
    }
    let right = holds(pin, hashed);
    let failures = if right { 0 } else { row.int("pin_failures")? + 1 };
    tx.execute(
        "update credential set pin_failures = $2 where person_id = $1",
        &[id.into(), failures.into()],
    )?;
    Ok(right)
}

pub(crate) fn wake_pin(tx: &mut Tx<'_>, person_id: Id) -> Result<(), Failure> {
    tx.execute(
        "update credential set pin_failures = 0 where person_id = $1",
        &[person_id.to_string().into()],
    )?;
    Ok(())
}

/// Changes the actor's own password; the old one must be given.
///
/// # Errors
///
/// A rule on passwords, or [`PersonRefused::Unknown`] if the old one is wrong.
pub fn set_password(
    ctx: &mut Ctx<'_, '_>,
    old: &str,
    new: &str,
) -> Result<(), Stop<PersonRefused>> {
    let id = ctx.actor.person_id.ok_or(Failure::Denied("sign in".to_owned()))?;
    if !check_secret(ctx.tx, Some(id), old)? {
        return Err(Stop::Refused(PersonRefused::Unknown));
    }
    check_password(new, &ctx.actor.name, "").map_err(Stop::Refused)?;
    Ok(store_password(ctx.tx, id, new, ctx.now_millis)?)
}

/// Sets the actor's own PIN, for the fast switch on a shared PC.
///
/// # Errors
///
/// [`PersonRefused::BadPin`] if it is not six digits, or all alike.
pub fn set_pin(ctx: &mut Ctx<'_, '_>, pin: &str) -> Result<(), Stop<PersonRefused>> {
    let id = ctx.actor.person_id.ok_or(Failure::Denied("sign in".to_owned()))?;
    let digits = pin.len() == 6 && pin.bytes().all(|it| it.is_ascii_digit());
    let first = pin.bytes().next();
    let weak = pin.bytes().all(|it| Some(it) == first) || pin == "123456" || pin == "654321";
    if !digits || weak {
        return Err(Stop::Refused(PersonRefused::BadPin));
    }
    let hashed = hash(pin)?;
    ctx.tx.execute(
        "update credential set pin_hash = $2, pin_failures = 0 where person_id = $1",
        &[id.to_string().into(), hashed.into()],
    )?;
    Ok(())
}
