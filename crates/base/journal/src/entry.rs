//! What an entry is made of, and the bytes that are signed.

use std::fmt;
use std::str::FromStr;

use minicbor::{Decode, Encode};

/// A BLAKE3 hash.
pub type Hash = [u8; 32];

/// Separates these signatures from every other use of the same key.
const SIGNED_AS: &[u8] = b"benkadi entry 1\0";
/// The version of the header's layout.
pub(crate) const HEADER_VERSION: u8 = 1;

/// Who may receive a chain. A chain lies wholly inside one audience, since a chain with holes
/// cannot be verified.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Audience {
    /// Everybody below: lists, questionnaire, posts enrolled.
    Nomenclature,
    /// The place, those above it, and the partners entitled.
    Territory,
    /// As `Territory`, for fewer offices: persons.
    Personal,
    /// Never leaves this post: drafts, shipped content.
    Local,
}

impl Audience {
    /// The word stored and signed.
    pub fn word(self) -> &'static str {
        match self {
            Self::Nomenclature => "nomenclature",
            Self::Territory => "territory",
            Self::Personal => "personal",
            Self::Local => "local",
        }
    }
}

impl fmt::Display for Audience {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}

impl FromStr for Audience {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        [Self::Nomenclature, Self::Territory, Self::Personal, Self::Local]
            .into_iter()
            .find(|it| it.word() == text)
            .ok_or(())
    }
}

/// What a use case wants written.
#[derive(Clone, Debug)]
pub struct Draft {
    /// Who may receive it.
    pub audience: Audience,
    /// The place that it concerns: a territory code, or `*` for all.
    pub scope: String,
    /// The person's identifier, or `programme` when the program itself fills shipped content.
    pub person: String,
    /// The office in which the person acts, as it was called that day.
    pub office: String,
    /// Why, in the person's words or the use case's.
    pub reason: String,
    /// What kind of fact: `register.partnership-changed`.
    pub kind: String,
    /// The record concerned.
    pub subject: String,
    /// The fact itself, as JSON.
    pub payload: Vec<u8>,
    /// When, by this post's clock, in milliseconds since 1970.
    pub at_millis: i64,
}

/// The signed part of an entry.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct Header {
    /// Layout of this header.
    #[n(0)]
    pub version: u8,
    /// The chain.
    #[n(1)]
    pub stream_id: String,
    /// Its number in the chain, from 1.
    #[n(2)]
    pub seq: u64,
    /// The hash of the entry before it; zeros for the first.
    #[cbor(n(3), with = "minicbor::bytes")]
    pub previous: Hash,
    /// When, by the author's clock, in milliseconds since 1970. Never used as order.
    #[n(4)]
    pub at_millis: i64,
    /// The author.
    #[n(5)]
    pub person: String,
    /// The author's office.
    #[n(6)]
    pub office: String,
    /// Why.
    #[n(7)]
    pub reason: String,
    /// What kind of fact.
    #[n(8)]
    pub kind: String,
    /// The record concerned.
    #[n(9)]
    pub subject: String,
    /// BLAKE3 of the salt followed by the payload.
    #[cbor(n(10), with = "minicbor::bytes")]
    pub payload_hash: Hash,
}

impl Header {
    pub(crate) fn to_bytes(&self) -> Vec<u8> {
        // Writing to a vector cannot fail.
        minicbor::to_vec(self).unwrap_or_default()
    }
}

/// The bytes that a post signs for a header.
pub(crate) fn to_sign(header: &[u8]) -> Vec<u8> {
    [SIGNED_AS, header].concat()
}

/// The hash of a payload under its salt.
pub(crate) fn payload_hash(salt: &[u8], payload: &[u8]) -> Hash {
    let mut hasher = blake3::Hasher::new();
    hasher.update(salt);
    hasher.update(payload);
    *hasher.finalize().as_bytes()
}

/// A chain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stream {
    /// Derived from all that follows.
    pub id: String,
    /// The post that writes it.
    pub post_id: String,
    /// The key that its entries verify with.
    pub public_key: [u8; 32],
    /// The life of the post that writes it: changes on restore, so that no chain ever forks.
    pub incarnation: String,
    /// Who may receive it.
    pub audience: Audience,
    /// The place that it concerns, or `*`.
    pub scope: String,
    /// How many entries it holds here.
    pub length: u64,
    /// The hash of its last entry.
    pub head: Hash,
}

impl Stream {
    /// The empty chain of these four.
    pub fn new(public_key: [u8; 32], incarnation: &str, audience: Audience, scope: &str) -> Self {
        let mut hasher = blake3::Hasher::new();
        for part in
            [&public_key[..], incarnation.as_bytes(), audience.word().as_bytes(), scope.as_bytes()]
        {
            hasher.update(&(part.len() as u64).to_le_bytes());
            hasher.update(part);
        }
        Self {
            id: hex(&hasher.finalize().as_bytes()[..16]),
            post_id: crate::keys::post_id(&public_key),
            public_key,
            incarnation: incarnation.to_owned(),
            audience,
            scope: scope.to_owned(),
            length: 0,
            head: [0; 32],
        }
    }
}

/// An entry as it travels: the signed bytes, the signature, and what hangs beside them.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct Sealed {
    /// The header's bytes, exactly as signed.
    #[cbor(n(0), with = "minicbor::bytes")]
    pub header: Vec<u8>,
    /// Ed25519, 64 bytes.
    #[cbor(n(1), with = "minicbor::bytes")]
    pub signature: Vec<u8>,
    /// The salt, absent once erased.
    #[cbor(n(2), with = "minicbor::bytes")]
    pub salt: Option<Vec<u8>>,
    /// The payload, absent once erased.
    #[cbor(n(3), with = "minicbor::bytes")]
    pub payload: Option<Vec<u8>>,
}

/// An entry as folds and pages read it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The chain.
    pub stream_id: String,
    /// Its number in the chain, from 1.
    pub seq: u64,
    /// Its hash.
    pub hash: Hash,
    /// The post that wrote it.
    pub post_id: String,
    /// The life of that post in which it wrote it.
    pub incarnation: String,
    /// Who may receive it.
    pub audience: Audience,
    /// The place that it concerns, or `*`.
    pub scope: String,
    /// The order in which this post learned it.
    pub arrival: i64,
    /// When this post learned it, in milliseconds since 1970.
    pub known_millis: i64,
    /// When the author wrote it, by the author's clock.
    pub at_millis: i64,
    /// The author.
    pub person: String,
    /// The author's office.
    pub office: String,
    /// Why.
    pub reason: String,
    /// What kind of fact.
    pub kind: String,
    /// The record concerned.
    pub subject: String,
    /// The fact, as JSON; empty once erased.
    pub payload: Vec<u8>,
}

impl Entry {
    /// The payload as the type that its kind promises.
    ///
    /// # Errors
    ///
    /// If the payload is something else.
    pub fn read<'a, T: serde::Deserialize<'a>>(&'a self) -> Result<T, crate::FoldError> {
        serde_json::from_slice(&self.payload).map_err(|error| crate::FoldError::Payload {
            kind: self.kind.clone(),
            reason: error.to_string(),
        })
    }

    /// The entry's hash, in hexadecimal, as shown beside a record's history.
    pub fn mark(&self) -> String {
        hex(&self.hash[..8])
    }
}

/// Lower-case hexadecimal.
pub(crate) fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut out, it| {
        let _ = write!(out, "{it:02x}");
        out
    })
}

/// The bytes of a hexadecimal text.
pub(crate) fn unhex(text: &str) -> Option<Vec<u8>> {
    if !text.len().is_multiple_of(2) || !text.is_ascii() {
        return None;
    }
    (0..text.len()).step_by(2).map(|at| u8::from_str_radix(&text[at..at + 2], 16).ok()).collect()
}
