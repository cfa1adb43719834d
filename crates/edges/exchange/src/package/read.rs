//! Reading a package: bytes of strangers, so nothing is believed before it is checked, and nothing
//! grows beyond the limits.

use std::collections::BTreeSet;

use journal::{Audience, Planted, PostKey, Sealed, Stream, planted};
use minicbor::Decoder;

use super::write::part_of;
use super::{Header, MAGIC, PREFIX, SIGNATURE, VERSION, beside, damaged, limit, to_sign};
use crate::seal::{Opener, ReceiveKey, TAG};
use crate::text::hex;
use crate::{Card, Part, Refused};

/// A package that is whole, for this post, and signed by the post that it names; whether that post
/// is known, and what its entries are worth, is for the caller to see.
#[derive(Debug)]
pub(crate) struct Opened {
    pub(crate) header: Header,
    pub(crate) from: Card,
    /// The chains, empty, in the order of the header.
    pub(crate) streams: Vec<Stream>,
    /// The entries in the sender's order, each with the place of its chain and its number there.
    pub(crate) entries: Vec<(usize, u64, Sealed)>,
}

/// The short name of the post for which these bytes are a package.
///
/// # Errors
///
/// If they are something else, or of a newer format.
pub(crate) fn receiver(bytes: &[u8]) -> Result<String, Refused> {
    let cut = |whole: usize| Refused::CutOff {
        at: bytes.len() as u64,
        whole: whole as u64,
        part: Part::Header,
    };
    let Some(magic) = bytes.get(..MAGIC.len()) else {
        let begun = !bytes.is_empty() && MAGIC.starts_with(bytes);
        return Err(if begun { cut(PREFIX) } else { Refused::NotAPackage });
    };
    if magic != MAGIC {
        return Err(Refused::NotAPackage);
    }
    match bytes.get(MAGIC.len()) {
        None => Err(cut(PREFIX)),
        Some(0) => Err(Refused::NotAPackage),
        Some(&version) if VERSION < version => Err(Refused::Newer { version }),
        Some(_) => bytes.get(9..17).map(hex).ok_or_else(|| cut(PREFIX)),
    }
}

impl Opened {
    /// Opens a package for the post of this key.
    ///
    /// # Errors
    ///
    /// The first thing that is wrong.
    pub(crate) fn read(bytes: &[u8], key: &ReceiveKey, me: &str) -> Result<Self, Refused> {
        if receiver(bytes)? != me {
            return Err(Refused::ForAnother { to: receiver(bytes)? });
        }
        if limit::FILE < bytes.len() as u64 {
            return Err(Refused::TooLarge { what: "file", limit: limit::FILE });
        }
        let blocks = Blocks::of(bytes)?;
        let mut opener = key.open(&blocks.prefix[25..]).ok_or(damaged(Part::Header))?;
        let raw = blocks.open(&mut opener, 0, 1)?;
        let header: Header =
            whole(&raw).filter(|it: &Header| it.to == me).ok_or(damaged(Part::Header))?;
        let frames = usize::try_from(header.frames).map_err(|_| damaged(Part::Header))?;
        let streams = plausible(&header, frames, blocks.list.len())?;
        let body = blocks.body(&mut opener, &header, frames)?;
        let signature = blocks.open(&mut opener, frames + 1, frames)?;
        let from = header.from.card().ok_or(damaged(Part::Header))?;
        let signed = signature.len() == SIGNATURE
            && PostKey::verify(&header.from.public_key, &to_sign(&raw), &signature);
        if !signed && !planted(Planted::PackageUnsigned) {
            return Err(Refused::Forged { post: from.name });
        }
        let entries = entries(&body, &header)?;
        Ok(Self { header, from, streams, entries })
    }
}

/// The blocks of a file, still encrypted.
struct Blocks<'a> {
    prefix: &'a [u8],
    list: Vec<&'a [u8]>,
}

impl<'a> Blocks<'a> {
    fn of(bytes: &'a [u8]) -> Result<Self, Refused> {
        let at = bytes.len() as u64;
        let cut = |whole, part| Refused::CutOff { at, whole, part };
        let prefix = bytes.get(..PREFIX).ok_or(cut(PREFIX as u64, Part::Header))?;
        let whole = prefix[17..25].iter().rev().fold(0, |sum, it| sum << 8 | u64::from(*it));
        let mut list = Vec::new();
        let mut rest = &bytes[PREFIX..];
        while !rest.is_empty() {
            // Before the header is open, every later block is a frame or the signature.
            let part = part_of(list.len(), usize::MAX);
            let cut = if at < whole { cut(whole, part) } else { damaged(part) };
            let Some((size, after)) = rest.split_first_chunk::<4>() else { return Err(cut) };
            let size = u32::from_le_bytes(*size) as usize;
            let Some((block, after)) = after.split_at_checked(size) else { return Err(cut) };
            list.push(block);
            rest = after;
        }
        if at < whole {
            return Err(cut(whole, part_of(list.len(), usize::MAX)));
        }
        if whole < at {
            return Err(damaged(Part::Trailer));
        }
        Ok(Self { prefix, list })
    }

    fn open(&self, opener: &mut Opener, at: usize, frames: usize) -> Result<Vec<u8>, Refused> {
        let part = part_of(at, frames);
        let most = match part {
            Part::Header => limit::HEADER,
            // zstd adds at most some bytes to what it cannot compress.
            Part::Frame(_) => limit::FRAME + limit::FRAME / 128 + 1024,
            Part::Trailer => SIGNATURE,
        };
        let block = self.list.get(at).copied().ok_or(damaged(part))?;
        if most + TAG < block.len() {
            return Err(Refused::TooLarge { what: "frame", limit: most as u64 });
        }
        opener.next(block, &beside(self.prefix, part)).ok_or(damaged(part))
    }

    /// The blocks of entries, decompressed and joined.
    fn body(&self, opener: &mut Opener, it: &Header, frames: usize) -> Result<Vec<u8>, Refused> {
        let mut body = Vec::new();
        let mut root = blake3::Hasher::new();
        for at in 1..=frames {
            let wrong = || damaged(part_of(at, frames));
            let block = self.open(opener, at, frames)?;
            let (hash, rest) = block.split_first_chunk::<32>().ok_or_else(wrong)?;
            let (length, packed) = rest.split_first_chunk::<4>().ok_or_else(wrong)?;
            let length = u32::from_le_bytes(*length) as usize;
            if blake3::hash(rest).as_bytes() != hash {
                return Err(wrong());
            }
            if limit::FRAME < length {
                let limit = limit::FRAME as u64;
                return Err(Refused::TooLarge { what: "frame", limit });
            }
            root.update(hash);
            // The capacity bounds what a bomb can unpack to.
            let piece = zstd::bulk::decompress(packed, length).map_err(|_| wrong())?;
            if piece.len() != length || it.unpacked < (body.len() + length) as u64 {
                return Err(wrong());
            }
            body.extend_from_slice(&piece);
        }
        if it.unpacked != body.len() as u64 || *root.finalize().as_bytes() != it.root {
            return Err(damaged(Part::Header));
        }
        Ok(body)
    }
}

/// A value that fills these bytes exactly.
fn whole<'a, T: minicbor::Decode<'a, ()>>(bytes: &'a [u8]) -> Option<T> {
    let mut decoder = Decoder::new(bytes);
    let it = decoder.decode().ok()?;
    (decoder.position() == bytes.len()).then_some(it)
}

/// Checks the header's counts against the limits and one another; returns its chains.
fn plausible(header: &Header, frames: usize, blocks: usize) -> Result<Vec<Stream>, Refused> {
    let too_large = |what, limit| Err(Refused::TooLarge { what, limit });
    if limit::UNPACKED < header.unpacked {
        return too_large("entries", limit::UNPACKED);
    }
    if limit::ENTRIES < header.entries {
        return too_large("entries", limit::ENTRIES);
    }
    if limit::STREAMS < header.streams.len() {
        return too_large("streams", limit::STREAMS as u64);
    }
    let counted = header.streams.iter().try_fold(0_u64, |sum, it| sum.checked_add(it.count));
    // The header and the signature stand around the frames.
    if frames.checked_add(2) != Some(blocks) || counted != Some(header.entries) {
        return Err(damaged(Part::Header));
    }
    let mut streams = Vec::with_capacity(header.streams.len());
    let mut seen = BTreeSet::new();
    for range in &header.streams {
        let audience: Audience = range.audience.parse().map_err(|()| damaged(Part::Header))?;
        let stream = Stream::new(range.public_key, &range.incarnation, audience, &range.scope);
        let lasts =
            range.after.checked_add(range.count).is_some_and(|it| i64::try_from(it).is_ok());
        if !lasts || !seen.insert(stream.id.clone()) {
            return Err(damaged(Part::Header));
        }
        streams.push(stream);
    }
    Ok(streams)
}

fn entries(body: &[u8], header: &Header) -> Result<Vec<(usize, u64, Sealed)>, Refused> {
    let mut decoder = Decoder::new(body);
    let mut counts = vec![0_u64; header.streams.len()];
    let mut out = Vec::new();
    while decoder.position() < body.len() {
        let frame = u32::try_from(decoder.position() / limit::FRAME + 1).unwrap_or(u32::MAX);
        let wrong = || damaged(Part::Frame(frame));
        if decoder.array().ok() != Some(Some(2)) {
            return Err(wrong());
        }
        let at = decoder.u64().ok().and_then(|it| usize::try_from(it).ok()).ok_or_else(wrong)?;
        let sealed: Sealed = decoder.decode().map_err(|_| wrong())?;
        let payload = sealed.payload.as_ref().map_or(0, Vec::len);
        if limit::PAYLOAD < payload || limit::ENTRY_HEADER < sealed.header.len() {
            return Err(Refused::TooLarge { what: "entry", limit: limit::PAYLOAD as u64 });
        }
        let range = header.streams.get(at).ok_or_else(wrong)?;
        let count = counts.get_mut(at).ok_or_else(wrong)?;
        *count += 1;
        if range.count < *count {
            return Err(wrong());
        }
        let seq = range.after + *count;
        let numbered: Option<journal::Header> = whole(&sealed.header);
        if numbered.is_none_or(|it| it.seq != seq) {
            return Err(wrong());
        }
        out.push((at, seq, sealed));
    }
    if out.len() as u64 != header.entries {
        return Err(damaged(Part::Header));
    }
    Ok(out)
}
