//! A photograph as it may be kept: the picture and nothing beside it.
//!
//! Nothing is decoded. The file is walked through block by block; blocks that hold the picture are
//! copied, all others (place, date, telephone, thumbnail, comments) are left out. What is no such
//! file to the last byte is refused.

use kernel::{Message, Reject};

/// The largest photograph, in bytes: 60 kB. The page shrinks what a telephone takes.
pub const LARGEST_PHOTO: usize = 60 * 1024;
/// The longest side, in points: a small file can unfold into a huge picture.
const LONGEST_SIDE: u32 = 4096;

/// What a photograph is, as its bytes say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PhotoKind {
    /// JPEG.
    Jpeg,
    /// PNG.
    Png,
}

impl PhotoKind {
    /// The name of the kind on the web.
    pub fn media(self) -> &'static str {
        match self {
            Self::Jpeg => "image/jpeg",
            Self::Png => "image/png",
        }
    }

    /// How its files end.
    pub fn ending(self) -> &'static str {
        match self {
            Self::Jpeg => "jpg",
            Self::Png => "png",
        }
    }

    /// The kind of this ending.
    pub fn from_ending(text: &str) -> Option<Self> {
        [Self::Jpeg, Self::Png].into_iter().find(|it| it.ending() == text)
    }
}

/// A photograph that may be kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Clean {
    /// What it is.
    pub kind: PhotoKind,
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// Its width, in points.
    pub width: u32,
    /// Its height, in points.
    pub height: u32,
}

/// Why a photograph is refused.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PhotoRefused {
    /// It is too large.
    #[error("{size} bytes are too many")]
    TooLarge {
        /// Its size, in bytes.
        size: usize,
    },
    /// It is neither JPEG nor PNG.
    #[error("neither JPEG nor PNG")]
    Kind,
    /// It is damaged.
    #[error("the picture is damaged")]
    Damaged,
    /// It has too many points.
    #[error("{width} × {height} points are too many")]
    Points {
        /// Its width.
        width: u32,
        /// Its height.
        height: u32,
    },
}

impl Reject for PhotoRefused {
    fn message(&self) -> Message {
        match self {
            Self::TooLarge { size } => Message::new("observations-photo-too-large")
                .with("size", size.div_ceil(1024))
                .with("most", LARGEST_PHOTO / 1024),
            Self::Kind => Message::new("observations-photo-kind"),
            Self::Damaged => Message::new("observations-photo-damaged"),
            Self::Points { width, height } => Message::new("observations-photo-points")
                .with("width", width)
                .with("height", height)
                .with("most", LONGEST_SIDE),
        }
    }
}

/// The photograph without anything beside the picture.
///
/// # Errors
///
/// If it is too large, of another kind, or damaged.
pub fn clean(bytes: &[u8]) -> Result<Clean, PhotoRefused> {
    if LARGEST_PHOTO < bytes.len() {
        return Err(PhotoRefused::TooLarge { size: bytes.len() });
    }
    let (kind, found) = match bytes {
        [0xff, 0xd8, 0xff, ..] => (PhotoKind::Jpeg, jpeg(bytes)),
        [0x89, b'P', b'N', b'G', b'\r', b'\n', 0x1a, b'\n', ..] => (PhotoKind::Png, png(bytes)),
        _ => return Err(PhotoRefused::Kind),
    };
    let (bytes, width, height) = found.ok_or(PhotoRefused::Damaged)?;
    if width == 0 || height == 0 {
        return Err(PhotoRefused::Damaged);
    }
    if LONGEST_SIDE < width.max(height) {
        return Err(PhotoRefused::Points { width, height });
    }
    Ok(Clean { kind, bytes, width, height })
}

type Found = Option<(Vec<u8>, u32, u32)>;

fn wide(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from(*bytes.get(at)?) << 8 | u32::from(*bytes.get(at + 1)?))
}

/// Walks through the segments of a JPEG file.
fn jpeg(bytes: &[u8]) -> Found {
    let mut out = vec![0xff, 0xd8];
    let mut size = None;
    let mut scanned = false;
    let mut at = 2;
    loop {
        if *bytes.get(at)? != 0xff {
            return None;
        }
        while *bytes.get(at + 1)? == 0xff {
            at += 1;
        }
        let marker = *bytes.get(at + 1)?;
        match marker {
            // The end: what hangs behind it is not the picture.
            0xd9 => {
                out.extend([0xff, 0xd9]);
                let (width, height) = size?;
                return scanned.then_some((out, width, height));
            }
            // Markers that stand alone have no place between segments.
            0x00 | 0x01 | 0xd0..=0xd8 => return None,
            _ => {}
        }
        let length = usize::try_from(wide(bytes, at + 2)?).ok()?;
        if length < 2 {
            return None;
        }
        let segment = bytes.get(at..at + 2 + length)?;
        at += 2 + length;
        let is_frame = matches!(marker, 0xc0..=0xcf) && !matches!(marker, 0xc4 | 0xc8 | 0xcc);
        if is_frame {
            if size.is_some() {
                return None;
            }
            size = Some((wide(segment, 7)?, wide(segment, 5)?));
        }
        // What a picture is made of: frame, tables, scan, restarts. All else is left out: APP0 to
        // APP15 and comments (place, date, telephone, thumbnail), extensions (0xf0 to 0xfd) and
        // reserved segments, in which anything can be hidden. The colours of some files cannot be
        // read without Adobe's APP14, which says nothing else.
        let picture = matches!(marker, 0xc0..=0xcf | 0xda..=0xdd);
        let adobe = marker == 0xee && segment.get(4..)?.starts_with(b"Adobe");
        if picture || adobe {
            out.extend(segment);
        }
        if marker == 0xda {
            size?;
            scanned = true;
            let from = at;
            // The picture's own data: 0xff is followed by zero or by a restart mark.
            while *bytes.get(at)? != 0xff || matches!(*bytes.get(at + 1)?, 0x00 | 0xd0..=0xd7) {
                at += 1;
            }
            out.extend(bytes.get(from..at)?);
        }
    }
}

/// Walks through the chunks of a PNG file.
fn png(bytes: &[u8]) -> Found {
    let mut out = bytes.get(..8)?.to_vec();
    let mut size = None;
    let mut data = false;
    let mut at = 8;
    loop {
        let word = |from: usize| -> Option<u32> {
            Some(u32::from_be_bytes(bytes.get(from..from + 4)?.try_into().ok()?))
        };
        let length = usize::try_from(word(at)?).ok()?;
        let chunk = bytes.get(at..at.checked_add(length)?.checked_add(12)?)?;
        let name = &chunk[4..8];
        if size.is_none() != (name == b"IHDR") {
            return None;
        }
        match name {
            b"IHDR" if length == 13 => size = Some((word(at + 8)?, word(at + 12)?)),
            b"IHDR" => return None,
            b"IDAT" => data = true,
            _ => {}
        }
        if matches!(name, b"IHDR" | b"PLTE" | b"tRNS" | b"IDAT" | b"IEND") {
            out.extend(chunk);
        }
        at += chunk.len();
        if name == b"IEND" {
            let (width, height) = size?;
            return data.then_some((out, width, height));
        }
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use proptest::prelude::*;

    use super::*;

    fn segment(marker: u8, body: &[u8]) -> Vec<u8> {
        let length = u16::try_from(body.len() + 2).unwrap().to_be_bytes();
        [&[0xff, marker][..], &length, body].concat()
    }

    /// A JPEG of 320 × 240 points, whose picture is not to be looked at.
    pub(crate) fn jpeg_file(aside: &[(u8, &[u8])]) -> Vec<u8> {
        let mut out = vec![0xff, 0xd8];
        for (marker, body) in aside {
            out.extend(segment(*marker, body));
        }
        out.extend(segment(0xdb, &[0; 65]));
        out.extend(segment(0xc0, &[8, 0, 240, 1, 64, 1, 1, 0x11, 0]));
        out.extend(segment(0xda, &[1, 1, 0, 0, 63, 0]));
        out.extend([1, 2, 0xff, 0x00, 3, 0xff, 0xd0, 4]);
        out.extend([0xff, 0xd9]);
        out
    }

    fn chunk(name: &[u8; 4], body: &[u8]) -> Vec<u8> {
        let length = u32::try_from(body.len()).unwrap().to_be_bytes();
        [&length[..], name, body, &[0; 4]].concat()
    }

    fn png_file(aside: &[(&[u8; 4], &[u8])], side: u32) -> Vec<u8> {
        let mut out = b"\x89PNG\r\n\x1a\n".to_vec();
        let head = [&side.to_be_bytes()[..], &240u32.to_be_bytes(), &[8, 2, 0, 0, 0]].concat();
        out.extend(chunk(b"IHDR", &head));
        for (name, body) in aside {
            out.extend(chunk(name, body));
        }
        out.extend(chunk(b"IDAT", b"picture"));
        out.extend(chunk(b"IEND", b""));
        out
    }

    #[test]
    fn place_date_and_telephone_are_left_out() {
        let told = b"Exif\0\0GPS 12.65 N 8.0 W SM-A105F";
        let dirty = jpeg_file(&[(0xe0, b"JFIF\0"), (0xe1, told), (0xfe, b"made by Awa")]);
        let seen = clean(&dirty).unwrap();
        assert_eq!(seen.bytes, jpeg_file(&[]));
        for marker in (0x02..=0xbf).chain(0xde..=0xed).chain(0xef..=0xfe) {
            let dirty = jpeg_file(&[(marker, told)]);
            assert_eq!(clean(&dirty).unwrap().bytes, jpeg_file(&[]), "{marker:x}");
        }
        assert_eq!((seen.kind, seen.width, seen.height), (PhotoKind::Jpeg, 320, 240));
        // A second picture, or a message, behind the end.
        let tail = [jpeg_file(&[]), b"GPS".to_vec()].concat();
        assert_eq!(clean(&tail).unwrap().bytes, jpeg_file(&[]));
        let dirty = png_file(&[(b"eXIf", told), (b"tEXt", b"Author\0Awa"), (b"tIME", b"x")], 320);
        assert_eq!(clean(&dirty).unwrap().bytes, png_file(&[], 320));
        // Without this one the colours of some files are wrong.
        let adobe = jpeg_file(&[(0xee, b"Adobe\0d")]);
        assert_eq!(clean(&adobe).unwrap().bytes, adobe);
    }

    #[test]
    fn what_is_no_photograph_is_refused() {
        let whole = jpeg_file(&[]);
        for (bytes, expected) in [
            (vec![0; LARGEST_PHOTO + 1], PhotoRefused::TooLarge { size: LARGEST_PHOTO + 1 }),
            (b"".to_vec(), PhotoRefused::Kind),
            (b"<svg onload=alert(1)>".to_vec(), PhotoRefused::Kind),
            (b"GIF89a".to_vec(), PhotoRefused::Kind),
            (whole[..whole.len() - 1].to_vec(), PhotoRefused::Damaged),
            (vec![0xff, 0xd8, 0xff, 0xd9], PhotoRefused::Damaged),
            (png_file(&[], 0), PhotoRefused::Damaged),
            (png_file(&[], 30_000), PhotoRefused::Points { width: 30_000, height: 240 }),
        ] {
            assert_eq!(clean(&bytes), Err(expected), "{:?}", &bytes[..bytes.len().min(12)]);
        }
    }

    proptest! {
        /// Whatever comes in, nothing panics, and what comes out is clean already.
        #[test]
        fn what_is_clean_stays_so(
            mut bytes in proptest::collection::vec(any::<u8>(), 0..400),
            start in 0..3u8,
            at in 0..200usize,
            byte in any::<u8>(),
        ) {
            match start {
                0 => {}
                1 => bytes = jpeg_file(&[(0xe1, &bytes)]),
                _ => bytes = png_file(&[(b"eXIf", &bytes)], 320),
            }
            if let Some(it) = bytes.get_mut(at) {
                *it = byte;
            }
            if let Ok(it) = clean(&bytes) {
                prop_assert!(it.bytes.len() <= bytes.len());
                prop_assert_eq!(clean(&it.bytes), Ok(it));
            }
        }
    }
}
