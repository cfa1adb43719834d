//! What a piece may be.

/// The largest piece, in bytes: a sharp photograph of a page.
pub const LARGEST: usize = 3 * 1024 * 1024;
/// The pieces of one form.
pub const MOST: usize = 24;

/// What a piece is, as its first bytes say; the name that it came with says nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PieceKind {
    /// A photograph.
    Jpeg,
    /// A picture.
    Png,
    /// A picture.
    Webp,
    /// A document.
    Pdf,
}

impl PieceKind {
    /// The kind of these bytes. `None` if it is none that is taken.
    pub fn of(bytes: &[u8]) -> Option<Self> {
        match bytes {
            [0xff, 0xd8, 0xff, ..] => Some(Self::Jpeg),
            [0x89, b'P', b'N', b'G', b'\r', b'\n', 0x1a, b'\n', ..] => Some(Self::Png),
            [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => Some(Self::Webp),
            [b'%', b'P', b'D', b'F', b'-', ..] => Some(Self::Pdf),
            _ => None,
        }
    }

    /// The name of the kind on the web.
    pub fn media(self) -> &'static str {
        match self {
            Self::Jpeg => "image/jpeg",
            Self::Png => "image/png",
            Self::Webp => "image/webp",
            Self::Pdf => "application/pdf",
        }
    }

    /// How its files end.
    pub fn ending(self) -> &'static str {
        match self {
            Self::Jpeg => "jpg",
            Self::Png => "png",
            Self::Webp => "webp",
            Self::Pdf => "pdf",
        }
    }

    /// The kind of this ending.
    pub fn from_ending(text: &str) -> Option<Self> {
        [Self::Jpeg, Self::Png, Self::Webp, Self::Pdf].into_iter().find(|it| it.ending() == text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_piece_is_what_its_first_bytes_say() {
        for (bytes, expected) in [
            (&b"\xff\xd8\xff\xe0rest"[..], Some(PieceKind::Jpeg)),
            (b"\x89PNG\r\n\x1a\nrest", Some(PieceKind::Png)),
            (b"RIFF\x10\0\0\0WEBPVP8 ", Some(PieceKind::Webp)),
            (b"%PDF-1.7", Some(PieceKind::Pdf)),
            (b"<svg onload=...>", None),
            (b"MZ\x90", None),
            (b"", None),
        ] {
            assert_eq!(PieceKind::of(bytes), expected);
        }
    }
}
