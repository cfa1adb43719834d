//! Making a package.

use journal::{Chance, PostKey, Sealed, Stream};
use kernel::{Failure, Stop};
use minicbor::Encoder;

use super::{
    Header, MAGIC, PREFIX, Range, SIGNATURE, Sender, VERSION, Yours, beside, limit, to_sign,
};
use crate::seal::{Sealer, TAG};
use crate::text::unhex;
use crate::{Card, Part, Refused};

/// The strongest level that still takes milliseconds on a quarter's entries.
const COMPRESSION: i32 = 19;

/// An entry chosen for a package.
pub(crate) struct Chosen {
    /// Its chain, by place in the list of chains.
    pub(crate) stream: usize,
    /// The entry.
    pub(crate) sealed: Sealed,
}

/// What goes into a package.
pub(crate) struct Contents<'a> {
    pub(crate) from: &'a Card,
    pub(crate) to: &'a Card,
    pub(crate) number: u64,
    pub(crate) made_millis: i64,
    /// The chains, each with the length that the receiver holds.
    pub(crate) streams: &'a [(Stream, u64)],
    /// Entries, in the order in which the sender learned them.
    pub(crate) entries: &'a [Chosen],
    /// Entries that did not fit.
    pub(crate) left: u64,
    /// The life of the sender.
    pub(crate) life: &'a str,
    /// How far it holds the receiver's own chains.
    pub(crate) yours: &'a [Yours],
}

/// The bytes of a package.
///
/// # Errors
///
/// If it exceeds the limits, or the receiver's key is unusable.
pub(crate) fn write(
    key: &PostKey,
    chance: &Chance,
    it: &Contents<'_>,
) -> Result<Vec<u8>, Stop<Refused>> {
    seal(it.to, chance, &blocks(key, it)?)
}

/// The blocks of a package before encryption: the header, the frames, the signature.
pub(crate) fn blocks(key: &PostKey, it: &Contents<'_>) -> Result<Vec<Vec<u8>>, Stop<Refused>> {
    let body = body(it.entries)?;
    let frames: Vec<Vec<u8>> =
        body.chunks(limit::FRAME).map(frame).collect::<Result<_, _>>().map_err(broken)?;
    let header = minicbor::to_vec(header(it, &body, &frames)).map_err(broken)?;
    if limit::HEADER < header.len() {
        let limit = limit::HEADER as u64;
        return Err(Refused::TooLarge { what: "header", limit }.into());
    }
    let signature = key.sign(&to_sign(&header));
    debug_assert_eq!(signature.len(), SIGNATURE);
    Ok(std::iter::once(header).chain(frames).chain(std::iter::once(signature)).collect())
}

/// Encrypts blocks for a post.
pub(crate) fn seal(
    to: &Card,
    chance: &Chance,
    blocks: &[Vec<u8>],
) -> Result<Vec<u8>, Stop<Refused>> {
    let length = PREFIX + blocks.iter().map(|block| 4 + block.len() + TAG).sum::<usize>();
    if limit::FILE < length as u64 {
        return Err(Refused::TooLarge { what: "file", limit: limit::FILE }.into());
    }
    let told = |it: &str| Stop::Failed(Failure::told(it));
    let (encapsulated, mut sealer) = Sealer::new(&to.receive_key, chance)
        .ok_or_else(|| told("the receive key of the post is no key"))?;
    let mut out = prefix(&to.id(), length as u64, &encapsulated)
        .ok_or_else(|| told("the short name of the post is no name"))?;
    let opening = out.clone();
    for (at, block) in blocks.iter().enumerate() {
        let part = part_of(at, blocks.len().saturating_sub(2));
        let sealed = sealer
            .next(block, &beside(&opening, part))
            .ok_or_else(|| told("the package cannot be encrypted"))?;
        let size = u32::try_from(sealed.len()).map_err(broken)?;
        out.extend_from_slice(&size.to_le_bytes());
        out.extend_from_slice(&sealed);
    }
    debug_assert_eq!(out.len(), length);
    Ok(out)
}

/// What the block in this place is, in a package of so many frames.
pub(super) fn part_of(at: usize, frames: usize) -> Part {
    match at {
        0 => Part::Header,
        _ if at <= frames => Part::Frame(u32::try_from(at).unwrap_or(u32::MAX)),
        _ => Part::Trailer,
    }
}

fn prefix(to: &str, length: u64, encapsulated: &[u8]) -> Option<Vec<u8>> {
    let mut out = Vec::with_capacity(usize::try_from(length).ok()?);
    out.extend_from_slice(MAGIC);
    out.push(VERSION);
    out.extend_from_slice(&unhex::<8>(to)?);
    out.extend_from_slice(&length.to_le_bytes());
    out.extend_from_slice(encapsulated);
    Some(out)
}

fn header(it: &Contents<'_>, body: &[u8], frames: &[Vec<u8>]) -> Header {
    let mut root = blake3::Hasher::new();
    for frame in frames {
        root.update(frame.get(..32).unwrap_or_default());
    }
    let mut counts = vec![0; it.streams.len()];
    for chosen in it.entries {
        if let Some(count) = counts.get_mut(chosen.stream) {
            *count += 1;
        }
    }
    let range = |((stream, after), count): (&(Stream, u64), u64)| Range {
        public_key: stream.public_key,
        incarnation: stream.incarnation.clone(),
        audience: stream.audience.word().to_owned(),
        scope: stream.scope.clone(),
        after: *after,
        count,
    };
    Header {
        from: Sender::new(it.from),
        to: it.to.id(),
        number: it.number,
        made_millis: it.made_millis,
        streams: it.streams.iter().zip(counts).map(range).collect(),
        entries: it.entries.len() as u64,
        frames: u32::try_from(frames.len()).unwrap_or(u32::MAX),
        unpacked: body.len() as u64,
        root: *root.finalize().as_bytes(),
        left: it.left,
        life: Some(it.life.to_owned()),
        yours: Some(it.yours.to_vec()),
    }
}

fn body(entries: &[Chosen]) -> Result<Vec<u8>, Stop<Refused>> {
    let mut encoder = Encoder::new(Vec::new());
    for chosen in entries {
        encoder
            .array(2)
            .and_then(|it| it.u64(chosen.stream as u64))
            .and_then(|it| it.encode(&chosen.sealed))
            .map_err(broken)?;
    }
    Ok(encoder.into_writer())
}

/// A block: BLAKE3 of the rest, then its length before compression, then the compressed bytes.
fn frame(piece: &[u8]) -> std::io::Result<Vec<u8>> {
    let packed = zstd::bulk::compress(piece, COMPRESSION)?;
    let length = u32::try_from(piece.len()).map_err(std::io::Error::other)?.to_le_bytes();
    let hash = blake3::hash(&[&length[..], &packed].concat());
    Ok([hash.as_bytes(), &length[..], &packed].concat())
}

fn broken(error: impl std::error::Error + Send + Sync + 'static) -> Stop<Refused> {
    Stop::Failed(Failure::broken(error))
}
