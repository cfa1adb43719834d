//! Uploaded files between their preview and their acceptance.

use db::{DbError, Tx};

/// Creates the table of uploaded files, which is a setting of the post: it is in no journal.
///
/// # Errors
///
/// If the store fails.
pub fn migrate(tx: &mut Tx<'_>) -> Result<(), DbError> {
    tx.batch(include_str!("../sql/incoming.sql"))
}

/// Keeps a file and returns its name in addresses.
pub(crate) fn keep(tx: &mut Tx<'_>, bytes: Vec<u8>, now_millis: i64) -> Result<String, DbError> {
    let id = blake3::hash(&bytes).to_hex()[..32].to_owned();
    let sql = include_str!("../sql/keep_incoming.sql");
    tx.execute(sql, &[id.as_str().into(), now_millis.into(), bytes.into()])?;
    tx.execute(include_str!("../sql/forget_old_incoming.sql"), &[])?;
    Ok(id)
}

/// The file of this name, if it still waits.
pub(crate) fn find(tx: &mut Tx<'_>, id: &str) -> Result<Option<Vec<u8>>, DbError> {
    let rows = tx.query(include_str!("../sql/find_incoming.sql"), &[id.into()])?;
    rows.first().map(|it| it.bytes("content").map(<[u8]>::to_vec)).transpose()
}

/// Forgets the file of this name.
pub(crate) fn forget(tx: &mut Tx<'_>, id: &str) -> Result<(), DbError> {
    tx.execute(include_str!("../sql/drop_incoming.sql"), &[id.into()])?;
    Ok(())
}
