//! Recordings in Ogg Opus: taken apart when they come in, put together for a sentence.
//!
//! Nothing is decoded or encoded again: Opus packets say how long they are (RFC 6716, 3.1), and an
//! Ogg page says how much was played by its end (RFC 7845). The packets of all fragments, one after
//! the other, are one stream; its last page leaves out what the last encoder padded.

use std::io::Cursor;

use kernel::{Message, Reject};
use ogg::{PacketReader, PacketWriteEndInfo, PacketWriter};

/// The largest recording of a fragment, in bytes.
pub const LARGEST_FRAGMENT: usize = 24 * 1024;
/// The longest recording of a fragment, in milliseconds.
pub const LONGEST_FRAGMENT_MILLIS: u64 = 8_000;
/// The largest sentence, in bytes: prepaid megabytes are dear.
pub const LARGEST_SENTENCE: usize = 40 * 1024;
/// Samples of a millisecond: Opus always counts 48 000 a second.
const MILLI: u64 = 48;
/// The longest that a packet may be, in samples: 120 ms.
const LONGEST_PACKET: u64 = 120 * MILLI;
/// Packets on one page of the sentence: about a second.
const ON_A_PAGE: usize = 50;
/// The number of the stream of a sentence: any will do, and the same sentence is the same file.
const SERIAL: u32 = 0x4245_4e4b;

/// A recording, taken apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recording {
    /// Samples at the beginning that only wake the decoder.
    pub pre_skip: u16,
    /// The packets of sound.
    pub packets: Vec<Vec<u8>>,
    /// Samples at the end that only fill the last packet.
    pub trim: u64,
}

/// Why a recording is refused.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum OpusRefused {
    /// It is too large.
    #[error("{size} bytes are too many")]
    TooLarge {
        /// Its size, in bytes.
        size: usize,
    },
    /// It is no Ogg Opus file.
    #[error("no Ogg Opus file")]
    Kind,
    /// It is damaged, or cut off.
    #[error("the recording is damaged")]
    Damaged,
    /// It has two channels.
    #[error("the recording is not mono")]
    Stereo,
    /// It is too long.
    #[error("{millis} ms are too many")]
    TooLong {
        /// Its length, in milliseconds.
        millis: u64,
    },
}

impl Reject for OpusRefused {
    fn message(&self) -> Message {
        match self {
            Self::TooLarge { size } => Message::new("voices-too-large")
                .with("size", size.div_ceil(1024))
                .with("most", LARGEST_FRAGMENT / 1024),
            Self::Kind => Message::new("voices-no-opus"),
            Self::Damaged => Message::new("voices-damaged"),
            Self::Stereo => Message::new("voices-stereo"),
            Self::TooLong { millis } => Message::new("voices-too-long")
                .with("seconds", millis.div_ceil(1000))
                .with("most", LONGEST_FRAGMENT_MILLIS / 1000),
        }
    }
}

/// Why a sentence is not put together.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AssembleRefused {
    /// There is nothing to say.
    #[error("no recording")]
    Nothing,
    /// It would be too large.
    #[error("{size} bytes are too many for a sentence")]
    TooLarge {
        /// Its size, in bytes.
        size: usize,
    },
    /// The container could not be written.
    #[error("the sentence could not be written")]
    Unwritable,
}

/// How many samples a packet holds; `None` if it is no packet of Opus.
fn samples(packet: &[u8]) -> Option<u64> {
    let first = *packet.first()?;
    let config = first >> 3;
    let frame: u64 = match config {
        0..=11 => [480, 960, 1920, 2880][usize::from(config & 3)],
        12..=15 => [480, 960][usize::from(config & 1)],
        _ => [120, 240, 480, 960][usize::from(config & 3)],
    };
    let frames = match first & 3 {
        0 => 1,
        1 | 2 => 2,
        _ => u64::from(*packet.get(1)? & 0x3f),
    };
    let all = frame * frames;
    (0 < all && all <= LONGEST_PACKET).then_some(all)
}

impl Recording {
    /// Reads a file that somebody brings. What is written in it besides the sound is left out.
    ///
    /// # Errors
    ///
    /// If it is no short recording in Ogg Opus, mono.
    pub fn read(bytes: &[u8]) -> Result<Self, OpusRefused> {
        if LARGEST_FRAGMENT < bytes.len() {
            return Err(OpusRefused::TooLarge { size: bytes.len() });
        }
        if !bytes.starts_with(b"OggS") {
            return Err(OpusRefused::Kind);
        }
        let mut reader = PacketReader::new(Cursor::new(bytes));
        let mut next = || reader.read_packet().map_err(|_| OpusRefused::Damaged);
        let head = next()?.ok_or(OpusRefused::Damaged)?;
        let serial = head.stream_serial();
        let fits = head.data.len() == 19 && head.data.starts_with(b"OpusHead") && head.data[8] == 1;
        if !fits {
            return Err(OpusRefused::Kind);
        }
        // One channel, no family of mappings, and as loud as it was recorded.
        if head.data[9] != 1 || head.data[18] != 0 {
            return Err(OpusRefused::Stereo);
        }
        if head.data[16..18] != [0, 0] {
            return Err(OpusRefused::Damaged);
        }
        let pre_skip = u16::from_le_bytes([head.data[10], head.data[11]]);
        let tags = next()?.ok_or(OpusRefused::Damaged)?;
        if tags.stream_serial() != serial || !tags.data.starts_with(b"OpusTags") {
            return Err(OpusRefused::Damaged);
        }
        let mut it = Self { pre_skip, packets: Vec::new(), trim: 0 };
        let mut played_by_the_end = None;
        while let Some(packet) = next()? {
            if packet.stream_serial() != serial || played_by_the_end.is_some() {
                return Err(OpusRefused::Damaged);
            }
            if samples(&packet.data).is_none() {
                return Err(OpusRefused::Damaged);
            }
            if packet.last_in_stream() {
                played_by_the_end = Some(packet.absgp_page());
            }
            it.packets.push(packet.data);
        }
        let end = played_by_the_end.ok_or(OpusRefused::Damaged)?;
        it.trim = it.samples().checked_sub(end).ok_or(OpusRefused::Damaged)?;
        let last = it.packets.last().and_then(|it| samples(it)).unwrap_or_default();
        if last < it.trim || it.samples() <= it.trim + u64::from(pre_skip) {
            return Err(OpusRefused::Damaged);
        }
        let millis = it.millis();
        if LONGEST_FRAGMENT_MILLIS < millis {
            return Err(OpusRefused::TooLong { millis });
        }
        Ok(it)
    }

    /// Samples of all its packets.
    fn samples(&self) -> u64 {
        self.packets.iter().filter_map(|it| samples(it)).sum()
    }

    /// Samples that are heard.
    pub fn played(&self) -> u64 {
        self.samples().saturating_sub(self.trim + u64::from(self.pre_skip))
    }

    /// How long it is heard, in milliseconds.
    pub fn millis(&self) -> u64 {
        self.played() / MILLI
    }
}

/// One file in which the recordings are heard one after the other. Between two of them lies what
/// the encoders put around each: at most one packet.
///
/// # Errors
///
/// If there is nothing, or too much.
pub fn assemble(recordings: &[&Recording]) -> Result<Vec<u8>, AssembleRefused> {
    let (Some(first), Some(last)) = (recordings.first(), recordings.last()) else {
        return Err(AssembleRefused::Nothing);
    };
    let size: usize = recordings.iter().flat_map(|it| &it.packets).map(|it| it.len() + 1).sum();
    if LARGEST_SENTENCE < size {
        return Err(AssembleRefused::TooLarge { size });
    }
    let mut head = b"OpusHead\x01\x01".to_vec();
    head.extend(first.pre_skip.to_le_bytes());
    head.extend(48_000u32.to_le_bytes());
    head.extend([0, 0, 0]);
    let mut tags = b"OpusTags".to_vec();
    let vendor = b"Benkadi";
    tags.extend(u32::try_from(vendor.len()).unwrap_or_default().to_le_bytes());
    tags.extend(vendor);
    tags.extend(0u32.to_le_bytes());

    let mut out = Vec::with_capacity(size + size / 50 + 300);
    let mut writer = PacketWriter::new(&mut out);
    let mut put = |packet: Vec<u8>, end: PacketWriteEndInfo, played: u64| {
        writer.write_packet(packet, SERIAL, end, played).map_err(|_| AssembleRefused::Unwritable)
    };
    put(head, PacketWriteEndInfo::EndPage, 0)?;
    put(tags, PacketWriteEndInfo::EndPage, 0)?;
    let count: usize = recordings.iter().map(|it| it.packets.len()).sum();
    let mut played = 0;
    for (at, packet) in recordings.iter().flat_map(|it| &it.packets).enumerate() {
        played += samples(packet).unwrap_or_default();
        if at + 1 == count {
            put(packet.clone(), PacketWriteEndInfo::EndStream, played - last.trim)?;
        } else if (at + 1) % ON_A_PAGE == 0 {
            put(packet.clone(), PacketWriteEndInfo::EndPage, played)?;
        } else {
            put(packet.clone(), PacketWriteEndInfo::NormalPacket, played)?;
        }
    }
    drop(writer);
    if LARGEST_SENTENCE < out.len() {
        return Err(AssembleRefused::TooLarge { size: out.len() });
    }
    Ok(out)
}

#[cfg(test)]
pub(crate) mod tests {
    use proptest::prelude::*;

    use super::*;

    /// A recording of so many packets of 20 ms, whose sound is not to be listened to.
    pub(crate) fn recording(packets: usize, trim: u64) -> Recording {
        // 0x48: SILK, wide band, 20 ms, mono, one frame.
        let packets = (0..packets).map(|it| vec![0x48, it as u8, 1, 2, 3]).collect();
        Recording { pre_skip: 312, packets, trim }
    }

    #[test]
    fn what_is_put_together_is_read_back_whole() {
        let (one, two, three) = (recording(30, 100), recording(70, 0), recording(12, 500));
        let file = assemble(&[&one, &two, &three]).unwrap();
        let read = Recording::read(&file).unwrap();
        assert_eq!(read.packets, [one.packets, two.packets, three.packets].concat());
        assert_eq!((read.pre_skip, read.trim), (312, 500));
        assert_eq!(read.played(), 112 * 960 - 312 - 500);
    }

    #[test]
    fn packets_say_how_long_they_are() {
        for (packet, expected) in [
            (&[0x48, 0][..], Some(960)),
            (&[0x00, 0], Some(480)),
            (&[0x18, 0], Some(2880)),
            (&[0x49, 0], Some(1920)),
            (&[0x4b, 0x03, 0], Some(2880)),
            (&[0x4b, 0x00, 0], None),
            (&[0x4b], None),
            (&[0x1b, 0x03, 0], None),
            (&[0x80, 0], Some(120)),
            (&[0xf8, 0], Some(960)),
            (&[], None),
        ] {
            assert_eq!(samples(packet), expected, "{packet:?}");
        }
    }

    #[test]
    fn what_is_no_short_recording_is_refused() {
        let whole = assemble(&[&recording(30, 0)]).unwrap();
        let mut stereo = whole.clone();
        stereo[28 + 9] = 2;
        for (bytes, expected) in [
            (vec![0; LARGEST_FRAGMENT + 1], OpusRefused::TooLarge { size: LARGEST_FRAGMENT + 1 }),
            (b"RIFF....WAVE".to_vec(), OpusRefused::Kind),
            (b"".to_vec(), OpusRefused::Kind),
            (whole[..whole.len() - 9].to_vec(), OpusRefused::Damaged),
            ([whole.clone(), whole.clone()].concat(), OpusRefused::Damaged),
            (stereo, OpusRefused::Damaged),
        ] {
            assert_eq!(Recording::read(&bytes), Err(expected), "{:?}", bytes.get(..4));
        }
        let long = assemble(&[&recording(401, 0)]).unwrap();
        assert_eq!(Recording::read(&long), Err(OpusRefused::TooLong { millis: 8013 }));
        assert_eq!(assemble(&[]), Err(AssembleRefused::Nothing));
        let large = recording(7000, 0);
        assert_eq!(assemble(&[&large]), Err(AssembleRefused::TooLarge { size: 42_000 }));
    }

    proptest! {
        #[test]
        fn any_bytes_are_answered(
            mut bytes in proptest::collection::vec(any::<u8>(), 0..300),
            at in 0..300usize,
            byte in any::<u8>(),
            real in any::<bool>(),
        ) {
            if real {
                bytes = assemble(&[&recording(9, 3)]).unwrap();
                if let Some(it) = bytes.get_mut(at) {
                    *it = byte;
                }
            }
            let _ = Recording::read(&bytes);
        }
    }
}
