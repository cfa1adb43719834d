//! The register's tables, and reading them.

use db::{Row, Tx};
use journal::{Entry, FoldError, Journal};
use kernel::{Failure, Quarter};

use super::base64;
use super::payload::{DOCUMENT_HANDED, DOCUMENT_ISSUED, Handed, Issued, KeptFile};

/// The fewest digits of a hash by which a file may be asked for.
const FEWEST_DIGITS: usize = 8;

/// The fold of the entries about documents. A file that is kept needs no row: its entry is found
/// by its subject.
///
/// # Errors
///
/// If a payload is not what its kind promises, or the store fails.
pub(crate) fn apply(tx: &mut Tx<'_>, entry: &Entry) -> Result<(), FoldError> {
    match entry.kind.as_str() {
        DOCUMENT_ISSUED => {
            let it: Issued = entry.read()?;
            tx.execute(
                include_str!("sql/put_issue.sql"),
                &[
                    it.about().into(),
                    it.quarter.as_str().into(),
                    it.document.as_str().into(),
                    i64::from(it.version).into(),
                    entry.payload.as_slice().into(),
                    entry.arrival.into(),
                    entry.person.as_str().into(),
                    entry.office.as_str().into(),
                    entry.mark().into(),
                    entry.post_id.as_str().into(),
                ],
            )?;
            for file in &it.files {
                tx.execute(
                    include_str!("sql/put_file.sql"),
                    &[
                        file.hash.as_str().into(),
                        it.code.as_str().into(),
                        entry.arrival.into(),
                        file.format.as_str().into(),
                    ],
                )?;
            }
        }
        DOCUMENT_HANDED => {
            let it: Handed = entry.read()?;
            tx.execute(
                include_str!("sql/put_handing.sql"),
                &[
                    it.about().into(),
                    it.quarter.as_str().into(),
                    it.document.as_str().into(),
                    entry.arrival.into(),
                    entry.payload.as_slice().into(),
                    entry.person.as_str().into(),
                    entry.office.as_str().into(),
                ],
            )?;
        }
        _ => {
            let _: KeptFile = entry.read()?;
        }
    }
    Ok(())
}

/// A document as it was issued once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Issue {
    /// What was issued.
    pub issued: Issued,
    /// The order in which this post learned it.
    pub arrival: i64,
    /// Who issued it.
    pub person: String,
    /// In what office.
    pub office: String,
    /// The short hash of the entry.
    pub mark: String,
}

fn issue_of(row: &Row) -> Result<Issue, Failure> {
    Ok(Issue {
        issued: serde_json::from_slice(row.bytes("content")?).map_err(Failure::broken)?,
        arrival: row.int("arrival")?,
        person: row.text("person")?.to_owned(),
        office: row.text("office")?.to_owned(),
        mark: row.text("entry_hash")?.to_owned(),
    })
}

fn issues_of(rows: &[Row]) -> Result<Vec<Issue>, Failure> {
    rows.iter().map(issue_of).collect()
}

/// What was issued about a place and a quarter, by document, the last version last.
///
/// # Errors
///
/// If the store fails.
pub fn issues(tx: &mut Tx<'_>, place: &str, quarter: Quarter) -> Result<Vec<Issue>, Failure> {
    issues_about(tx, place, &quarter.to_string())
}

/// The same, about what [`Issued::about`] says; the quarter is empty for a partnership.
///
/// # Errors
///
/// If the store fails.
pub fn issues_about(tx: &mut Tx<'_>, about: &str, quarter: &str) -> Result<Vec<Issue>, Failure> {
    let sql = include_str!("sql/issues.sql");
    issues_of(&tx.query(sql, &[about.into(), quarter.into()])?)
}

/// The last version of a document that was issued.
///
/// # Errors
///
/// If the store fails.
pub fn latest_issue(
    tx: &mut Tx<'_>,
    code: &str,
    about: &str,
    quarter: &str,
) -> Result<Option<Issue>, Failure> {
    let all = issues_about(tx, about, quarter)?.into_iter().filter(|it| it.issued.document == code);
    Ok(all.max_by_key(|it| (it.issued.version, it.arrival)))
}

/// The issues with a file of this hash (its first digits are enough, eight of them), or with this
/// code at the foot of their pages.
///
/// # Errors
///
/// If the store fails.
pub fn found(tx: &mut Tx<'_>, asked: &str) -> Result<Vec<Issue>, Failure> {
    let asked = asked.trim();
    if let Ok(code) = asked.parse::<documents::CheckCode>() {
        let sql = include_str!("sql/find_code.sql");
        let by_code = issues_of(&tx.query(sql, &[code.to_string().into()])?)?;
        if !by_code.is_empty() {
            return Ok(by_code);
        }
    }
    let digits = asked.to_ascii_lowercase();
    if digits.len() < FEWEST_DIGITS || !digits.bytes().all(|it| it.is_ascii_hexdigit()) {
        return Ok(Vec::new());
    }
    issues_of(&tx.query(include_str!("sql/find_hash.sql"), &[format!("{digits}%").into()])?)
}

/// The bytes of a file that was issued, if this post keeps them.
///
/// # Errors
///
/// If the store fails, or if the bytes are no longer those that were issued.
pub fn kept_file(tx: &mut Tx<'_>, hash: &str) -> Result<Option<Vec<u8>>, Failure> {
    let history = Journal::history(tx, &format!("document/{hash}"), None)?;
    let Some(entry) = history.last() else { return Ok(None) };
    let kept: KeptFile = serde_json::from_slice(&entry.payload).map_err(Failure::broken)?;
    let bytes = base64::decode(&kept.content)
        .ok_or_else(|| Failure::told("a kept document is unreadable"))?;
    if blake3::hash(&bytes).to_hex().as_str() != hash {
        return Err(Failure::told("a kept document is not what was issued"));
    }
    Ok(Some(bytes))
}

/// A document that was handed to somebody.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Handing {
    /// What was handed, to whom.
    pub handed: Handed,
    /// The identifier of the person who wrote it down.
    pub person: String,
    /// In what office.
    pub office: String,
}

/// To whom the documents of a place and a quarter, or of a partnership, were handed, oldest first.
///
/// # Errors
///
/// If the store fails.
pub fn handings(tx: &mut Tx<'_>, about: &str, quarter: &str) -> Result<Vec<Handing>, Failure> {
    let sql = include_str!("sql/handings.sql");
    let rows = tx.query(sql, &[about.into(), quarter.into()])?;
    rows.iter()
        .map(|row| {
            Ok(Handing {
                handed: serde_json::from_slice(row.bytes("content")?).map_err(Failure::broken)?,
                person: row.text("person")?.to_owned(),
                office: row.text("office")?.to_owned(),
            })
        })
        .collect::<Result<_, Failure>>()
}
