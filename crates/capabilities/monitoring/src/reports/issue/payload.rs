//! What the entries about documents carry. A released shape never changes its meaning.

use kernel::Date;
use serde::{Deserialize, Serialize};

/// A document was issued. It holds no value: the mark goes up and down, so that any post of the
/// place can say what a file is.
pub const DOCUMENT_ISSUED: &str = "monitoring.document-issued";
/// A file of an issued document, whole. Stays at the post that issued it.
pub const DOCUMENT_KEPT: &str = "monitoring.document-kept";
/// An issued document was sent or handed to somebody.
pub const DOCUMENT_HANDED: &str = "monitoring.document-handed";

/// The payload of [`DOCUMENT_ISSUED`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Issued {
    /// The code of the document in the reference: `SYN-CNO`.
    pub document: String,
    /// The place; `*` of a partnership whose place is not known.
    pub place: String,
    /// The name of the place or of the partnership, as the document calls it.
    pub name: String,
    /// The partnership, of a document about one.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub partnership: String,
    /// The quarter, as `2024T4`; empty for a document about a partnership.
    pub quarter: String,
    /// Its version, from 1.
    pub version: u32,
    /// How far the quarter was: `closed`, `validated`, `published`; `register` of a partnership,
    /// which is public.
    pub stage: String,
    /// The language, `fr` or `en`.
    pub language: String,
    /// The code at the foot of its pages; empty for open data.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub code: String,
    /// The day of issue.
    pub day: Date,
    /// The position, in the journal of this post, of the facts that it is made of.
    pub position: i64,
    /// The beginning of the hash of that entry.
    pub mark: String,
    /// Its files.
    pub files: Vec<IssuedFile>,
}

/// A file of an [`Issued`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct IssuedFile {
    /// `pdf`, `docx`, `xlsx`, `zip`.
    pub format: String,
    /// BLAKE3 of its bytes, in hexadecimal.
    pub hash: String,
    /// Its length in bytes.
    pub size: u64,
}

/// The payload of [`DOCUMENT_KEPT`]. Its subject is `document/` and the hash.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeptFile {
    /// BLAKE3 of the bytes, in hexadecimal.
    pub hash: String,
    /// The bytes, in base 64.
    pub content: String,
}

/// The payload of [`DOCUMENT_HANDED`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Handed {
    /// The code of the document.
    pub document: String,
    /// The place.
    pub place: String,
    /// The partnership, of a document about one.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub partnership: String,
    /// The quarter; empty for a document about a partnership.
    pub quarter: String,
    /// The version.
    pub version: u32,
    /// To whom: an office or an organisation, in the person's words.
    pub to: String,
    /// How, in the person's words: by hand, by mail, on a stick.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub means: String,
    /// The day.
    pub day: Date,
}

impl Issued {
    /// What the document is about: the partnership, or else the place. Versions are counted for
    /// each apart.
    pub fn about(&self) -> &str {
        about(&self.partnership, &self.place)
    }
}

impl Handed {
    /// As [`Issued::about`].
    pub fn about(&self) -> &str {
        about(&self.partnership, &self.place)
    }
}

fn about<'a>(partnership: &'a str, place: &'a str) -> &'a str {
    if partnership.is_empty() { place } else { partnership }
}
