//! What is known of a sender: the code with which they come back, and a contact if they gave one.
//!
//! It lies outside the journal and outside copies of the post, so that erasing it erases it. A
//! contact is erased when the observation is refused, withdrawn or settled, when the sender or the
//! person in charge asks for it, and after half a year at the latest.

use db::{DbError, Tx};

/// The letters of a code: none that two people would read differently.
const LETTERS: &[u8; 32] = b"ABCDEFGHJKLMNPQRSTUVWXYZ23456789";
/// Letters of a code: 50 bits.
const LENGTH: usize = 10;
/// A contact is kept so long at most: 183 days, in milliseconds.
const KEPT_MILLIS: i64 = 183 * 24 * 3600 * 1000;

/// Creates the table.
///
/// # Errors
///
/// If the store fails.
pub fn migrate(tx: &mut Tx<'_>) -> Result<(), DbError> {
    tx.batch(include_str!("../sql/settings.sql"))
}

/// The code of a sending: it follows from the secret that its form carried, so that a sending that
/// is repeated on a bad line gets the same one.
pub(crate) fn code_of(secret: &str) -> String {
    let hash = blake3::derive_key("benkadi observation code 1", secret.as_bytes());
    hash[..LENGTH].iter().map(|it| char::from(LETTERS[usize::from(it % 32)])).collect()
}

/// As it is read aloud: `ABCDE-FGHJK`.
pub(crate) fn told(code: &str) -> String {
    let (first, rest) = code.split_at(code.len().min(LENGTH / 2));
    format!("{first}-{rest}")
}

fn hash_of(code: &str) -> String {
    let plain: String = code
        .chars()
        .filter(char::is_ascii_alphanumeric)
        .map(|it| it.to_ascii_uppercase())
        .collect();
    blake3::hash(plain.as_bytes()).to_hex().to_string()
}

pub(crate) fn keep(
    tx: &mut Tx<'_>,
    id: &str,
    code: &str,
    contact: &str,
    now_millis: i64,
) -> Result<(), DbError> {
    tx.execute(include_str!("../sql/erase_old.sql"), &[(now_millis - KEPT_MILLIS).into()])?;
    tx.execute(
        include_str!("../sql/keep_private.sql"),
        &[id.into(), hash_of(code).into(), contact.into(), now_millis.into()],
    )?;
    Ok(())
}

pub(crate) fn erase(tx: &mut Tx<'_>, id: &str) -> Result<(), DbError> {
    tx.execute(include_str!("../sql/erase_contact.sql"), &[id.into()])?;
    Ok(())
}

/// The observation to which a code leads; spaces, hyphens and case are forgiven.
///
/// # Errors
///
/// If the store fails.
pub fn by_code(tx: &mut Tx<'_>, code: &str) -> Result<Option<String>, DbError> {
    let sql = "select id from observation_private where code_hash = $1";
    let rows = tx.query(sql, &[hash_of(code).into()])?;
    rows.first().map(|row| row.text("id").map(str::to_owned)).transpose()
}

/// How the sender can be reached, if they said so and it was not erased.
///
/// # Errors
///
/// If the store fails.
pub fn contact_of(tx: &mut Tx<'_>, id: &str, now_millis: i64) -> Result<Option<String>, DbError> {
    let sql = "select contact from observation_private where id = $1 and $2 <= kept_millis";
    let rows = tx.query(sql, &[id.into(), (now_millis - KEPT_MILLIS).into()])?;
    let found = rows.first().map(|row| row.text("contact").map(str::to_owned)).transpose()?;
    Ok(found.filter(|it| !it.is_empty()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_the_same_for_the_same_sending_and_is_read_however_it_is_typed() {
        let code = code_of("9f2c");
        assert_eq!(code, code_of("9f2c"));
        assert_ne!(code, code_of("9f2d"));
        assert_eq!(code.len(), LENGTH);
        let typed = format!(" {} ", told(&code).to_lowercase());
        assert_eq!(hash_of(&typed), hash_of(&code));
    }
}
