//! The package: the same bytes on a stick, by mail and over a link. Described in
//! `docs/exchange.md`.

mod read;
mod write;

use minicbor::{Decode, Encode};

use crate::{Card, Level, Part, Refused};

pub(crate) use read::{Opened, receiver};
pub(crate) use write::{Chosen, Contents, write};
#[cfg(test)]
pub(crate) use write::{blocks, seal};

/// The first bytes of every package. The last one keeps programs from taking it for a text.
pub(crate) const MAGIC: &[u8; 8] = b"BENKADI\x1a";
/// The version of the format.
pub(crate) const VERSION: u8 = 1;
/// Magic, version, receiver, length of the file, encapsulated key.
pub(crate) const PREFIX: usize = 8 + 1 + 8 + 8 + crate::seal::ENCAPSULATED;
/// Separates the signature of a package from every other use of the same key.
const SIGNED_AS: &[u8] = b"benkadi package 1\0";
/// The signature: 64 bytes.
const SIGNATURE: usize = 64;

/// The most that a package may hold. A post of 2012 has 2 GiB of memory; one quarter of a cercle is
/// some 30 kB.
pub(crate) mod limit {
    /// The file, in bytes.
    pub(crate) const FILE: u64 = 32 * 1024 * 1024;
    /// The header, in bytes.
    pub(crate) const HEADER: usize = 1024 * 1024;
    /// A block before compression, in bytes.
    pub(crate) const FRAME: usize = 1024 * 1024;
    /// All blocks before compression, in bytes.
    pub(crate) const UNPACKED: u64 = 64 * 1024 * 1024;
    /// What this program puts into one package, before compression: a package of scans, which do
    /// not compress, must still fit into a file.
    pub(crate) const SENT: u64 = 30 * 1024 * 1024;
    /// Entries.
    pub(crate) const ENTRIES: u64 = 200_000;
    /// Chains.
    pub(crate) const STREAMS: usize = 10_000;
    /// The text of one field of a header or an entry's header, in bytes.
    pub(crate) const ENTRY_HEADER: usize = 64 * 1024;
    /// The content of one entry, in bytes: an imported file of 16 MiB.
    pub(crate) const PAYLOAD: usize = 16 * 1024 * 1024;
}

/// What a package says of itself.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub(crate) struct Header {
    #[n(0)]
    pub(crate) from: Sender,
    /// The receiver's short name.
    #[n(1)]
    pub(crate) to: String,
    /// The how-manieth package from this sender to this receiver.
    #[n(2)]
    pub(crate) number: u64,
    /// By the sender's clock, in milliseconds since 1970.
    #[n(3)]
    pub(crate) made_millis: i64,
    #[n(4)]
    pub(crate) streams: Vec<Range>,
    #[n(5)]
    pub(crate) entries: u64,
    #[n(6)]
    pub(crate) frames: u32,
    /// The bytes of all blocks before compression.
    #[n(7)]
    pub(crate) unpacked: u64,
    /// BLAKE3 of the blocks' hashes, in order.
    #[cbor(n(8), with = "minicbor::bytes")]
    pub(crate) root: [u8; 32],
    /// Entries that did not fit and wait for the next package.
    #[n(9)]
    pub(crate) left: u64,
    /// The life of the sender: what it holds, it holds in that life. Absent in packages of earlier
    /// programs.
    #[n(10)]
    pub(crate) life: Option<String>,
    /// How far the sender holds the receiver's own chains: a receiver that holds less learns that
    /// its base is older than it knew. Absent in packages of earlier programs.
    #[n(11)]
    pub(crate) yours: Option<Vec<Yours>>,
}

/// How far the sender holds a chain of the receiver.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub(crate) struct Yours {
    #[n(0)]
    pub(crate) incarnation: String,
    #[n(1)]
    pub(crate) audience: String,
    #[n(2)]
    pub(crate) scope: String,
    #[n(3)]
    pub(crate) length: u64,
}

/// The sender's card.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub(crate) struct Sender {
    #[n(0)]
    name: String,
    #[n(1)]
    level: String,
    #[n(2)]
    territory: String,
    #[cbor(n(3), with = "minicbor::bytes")]
    pub(crate) public_key: [u8; 32],
    #[cbor(n(4), with = "minicbor::bytes")]
    receive_key: [u8; 32],
}

impl Sender {
    pub(crate) fn new(card: &Card) -> Self {
        Self {
            name: card.name.clone(),
            level: card.level.word().to_owned(),
            territory: card.territory.clone(),
            public_key: card.public_key,
            receive_key: card.receive_key,
        }
    }

    pub(crate) fn card(&self) -> Option<Card> {
        Some(Card {
            name: crate::card::checked_name(&self.name)?,
            level: self.level.parse::<Level>().ok()?,
            territory: crate::card::checked_place(&self.territory)?,
            public_key: self.public_key,
            receive_key: self.receive_key,
        })
    }
}

/// A run of one chain: the receiver must hold its first `after` entries.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub(crate) struct Range {
    #[cbor(n(0), with = "minicbor::bytes")]
    pub(crate) public_key: [u8; 32],
    #[n(1)]
    pub(crate) incarnation: String,
    #[n(2)]
    pub(crate) audience: String,
    #[n(3)]
    pub(crate) scope: String,
    #[n(4)]
    pub(crate) after: u64,
    #[n(5)]
    pub(crate) count: u64,
}

/// What is authenticated beside each block: the beginning of the file, and what the block is, so
/// that no block can take another's place.
fn beside(prefix: &[u8], part: Part) -> Vec<u8> {
    let (kind, number) = match part {
        Part::Header => (0_u8, 0_u32),
        Part::Frame(number) => (1, number),
        Part::Trailer => (2, 0),
    };
    [prefix, &[kind], &number.to_le_bytes()].concat()
}

/// The bytes that the sender signs. The receiver is in the header, so that a package cannot be
/// encrypted again for another post.
pub(crate) fn to_sign(header: &[u8]) -> Vec<u8> {
    [SIGNED_AS, blake3::hash(header).as_bytes()].concat()
}

fn damaged(part: Part) -> Refused {
    Refused::Damaged { part }
}
