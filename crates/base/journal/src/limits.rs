//! What may be journaled at all. Every post keeps to it, so that what one writes every other can
//! receive, copy and restore.

use crate::entry::Header;
use crate::{JournalError, Sealed};

/// The longest header of an entry, with its place, in bytes: 32 KiB. It bears the person, the
/// office, the reason, the kind and the record. A package takes twice as much.
pub const LONGEST_HEADER: usize = 32 * 1024;
/// The longest content of an entry, in bytes: an imported file of 16 MiB. A package takes as much.
pub const LONGEST_PAYLOAD: usize = 16 * 1024 * 1024;

/// Whether an entry of this place may be journaled.
pub(crate) fn check(header: &Header, scope: &str, sealed: &Sealed) -> Result<(), JournalError> {
    let payload = sealed.payload.as_deref().unwrap_or_default();
    for (what, size, most) in [
        ("header", sealed.header.len() + scope.len(), LONGEST_HEADER),
        ("content", payload.len(), LONGEST_PAYLOAD),
    ] {
        if most < size {
            // The kind itself may be what is too long.
            let kind = header.kind.chars().take(80).collect();
            return Err(JournalError::TooLong { what, kind, size, most });
        }
    }
    let texts =
        [scope, &header.person, &header.office, &header.reason, &header.kind, &header.subject];
    if texts.iter().any(|it| it.contains('\0')) || holds_nul(payload) {
        return Err(JournalError::Nul(header.kind.clone()));
    }
    Ok(())
}

/// Whether a JSON text holds U+0000, as itself or escaped (`\u0000`).
fn holds_nul(json: &[u8]) -> bool {
    let mut at = 0;
    while let Some(byte) = json.get(at) {
        match byte {
            0 => return true,
            b'\\' if json[at + 1..].starts_with(b"u0000") => return true,
            // What follows a backslash belongs to it: `\\u0000` is a backslash and five letters.
            b'\\' => at += 2,
            _ => at += 1,
        }
    }
    false
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_nul_is_seen_as_itself_and_escaped() {
        for (json, expected) in [
            (&br#"{"nom":"Banco"}"#[..], false),
            (br#"{"nom":"Ban\u0000co"}"#, true),
            (br#"{"nom":"Ban\\u0000co"}"#, false),
            (br#"{"nom":"Ban\\\u0000co"}"#, true),
            (br#"{"nom":"Ban\u00e9co"}"#, false),
            (b"\"a\0b\"", true),
            (b"\"\\", false),
            (b"", false),
        ] {
            let shown = String::from_utf8_lossy(json).into_owned();
            assert_eq!(super::holds_nul(json), expected, "{shown}");
        }
    }
}
