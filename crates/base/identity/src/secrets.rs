//! Passwords and PINs: kept as Argon2id hashes, never in the journal, never in a log.
//!
//! Source: OWASP Password Storage Cheat Sheet (Argon2id, 19 MiB, two passes), which are the
//! defaults of the `argon2` crate.

use std::sync::LazyLock;

use argon2::Argon2;
use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use db::Tx;
use kernel::search::fold as fold_text;
use kernel::{Failure, Id};

use crate::PersonRefused;
use crate::people::SHORTEST_PASSWORD;

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

/// A hash of a secret. Slow by purpose: never while a transaction is open in a served request.
pub(crate) fn hash(secret: &str) -> Result<String, Failure> {
    let hashed = Argon2::default()
        .hash_password(secret.as_bytes())
        .map_err(|error| Failure::told(format!("hashing: {error}")))?;
    Ok(hashed.to_string())
}

/// What is compared with when there is nothing to compare with. It takes as long, and no secret
/// that a person may choose is so short.
static NOBODY: LazyLock<String> = LazyLock::new(|| hash("-").unwrap_or_default());

/// Whether this is the secret of the hash; takes as long, and says no, where there is none.
pub(crate) fn holds(secret: &str, hashed: Option<&str>) -> bool {
    let there = hashed.is_some();
    let right = PasswordHash::new(hashed.unwrap_or(&NOBODY))
        .is_ok_and(|it| Argon2::default().verify_password(secret.as_bytes(), &it).is_ok());
    right && there
}

/// Whether a secret is short enough to be one at all.
pub(crate) fn is_bounded(secret: &str) -> bool {
    secret.len() <= LONGEST * 4 && secret.chars().count() <= LONGEST
}

/// Which secret is given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Six digits, of a shared PC.
    Pin,
    /// Anything longer.
    Password,
}

impl Kind {
    /// A secret of six signs is a PIN; passwords are longer by rule.
    pub(crate) fn of(secret: &str) -> Self {
        if secret.len() == 6 { Self::Pin } else { Self::Password }
    }
}

pub(crate) fn store_hash(
    tx: &mut Tx<'_>,
    person_id: Id,
    hashed: &str,
    now_millis: i64,
) -> Result<(), Failure> {
    tx.execute(
        include_str!("../sql/set_password.sql"),
        &[person_id.to_string().into(), hashed.into(), now_millis.into()],
    )?;
    Ok(())
}

/// The hash to compare an attempt with, if there is one. A PIN counts as wrong until it was found
/// right; after five wrong ones it sleeps until the password is given.
pub(crate) fn attempt(
    tx: &mut Tx<'_>,
    person_id: Option<Id>,
    kind: Kind,
) -> Result<Option<String>, Failure> {
    let id = person_id.map(|it| it.to_string()).unwrap_or_default();
    let rows = tx.query(
        "select password_hash, pin_hash, pin_failures from credential where person_id = $1",
        &[id.as_str().into()],
    )?;
    let Some(row) = rows.first() else { return Ok(None) };
    if kind == Kind::Password {
        return Ok(Some(row.text("password_hash")?.to_owned()));
    }
    let failures = row.int("pin_failures")?;
    if PIN_TRIES <= failures {
        return Ok(None);
    }
    tx.execute(
        "update credential set pin_failures = $2 where person_id = $1",
        &[id.into(), (failures + 1).into()],
    )?;
    Ok(row.opt_text("pin_hash")?.map(str::to_owned))
}

pub(crate) fn wake_pin(tx: &mut Tx<'_>, person_id: Id) -> Result<(), Failure> {
    tx.execute(
        "update credential set pin_failures = 0 where person_id = $1",
        &[person_id.to_string().into()],
    )?;
    Ok(())
}

/// Six digits, not all alike, not one or two or three that repeat (121212, 123123), not in a row.
pub(crate) fn check_new_pin(pin: &str) -> Result<(), PersonRefused> {
    let digits: Vec<u8> = pin.bytes().filter(u8::is_ascii_digit).map(|it| it - b'0').collect();
    if pin.len() != 6 || digits.len() != 6 {
        return Err(PersonRefused::BadPin);
    }
    let repeats = |every: usize| digits.iter().zip(&digits[every..]).all(|it| it.0 == it.1);
    let climbs = |by: u8| digits.windows(2).all(|it| (it[0] + by) % 10 == it[1]);
    if (1..=3).any(repeats) || climbs(1) || climbs(9) {
        return Err(PersonRefused::BadPin);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pin_that_is_the_first_guess_is_refused() {
        for (pin, good) in [
            ("402917", true),
            ("112233", true),
            ("111111", false),
            ("121212", false),
            ("123123", false),
            ("123456", false),
            ("654321", false),
            ("890123", false),
            ("210987", false),
            ("12345", false),
            ("1234567", false),
            ("40a917", false),
            ("４０２", false),
        ] {
            assert_eq!(check_new_pin(pin).is_ok(), good, "{pin}");
        }
    }

    #[test]
    fn nobody_has_no_secret() {
        assert!(!holds("-", None));
        let hashed = hash("le fleuve passe").unwrap();
        assert!(holds("le fleuve passe", Some(&hashed)));
        assert!(!holds("le fleuve casse", Some(&hashed)));
    }
}
