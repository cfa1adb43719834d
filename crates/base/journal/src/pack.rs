//! How the content of an entry lies in the base: long ones compressed. What is signed, hashed,
//! copied and exchanged is always the content itself.

use std::borrow::Cow;

use crate::LONGEST_PAYLOAD;

/// The bytes that a compressed content begins with (RFC 8878, 3.1.1): no JSON text does.
const MAGIC: [u8; 4] = [0x28, 0xb5, 0x2f, 0xfd];
/// Shorter contents would not shrink by what their frame costs.
const SHORT: usize = 200;
const LEVEL: i32 = 3;

/// The form of a content in the base.
pub(crate) fn pack(payload: Vec<u8>) -> Vec<u8> {
    // What a hostile post wrote may begin so too: it must not be taken for what it is not.
    let ambiguous = payload.starts_with(&MAGIC);
    if payload.len() < SHORT && !ambiguous {
        return payload;
    }
    match zstd::bulk::compress(&payload, LEVEL) {
        Ok(packed) if ambiguous || packed.len() < payload.len() => packed,
        // Out of memory at worst: the content itself serves as well.
        _ => payload,
    }
}

/// A content from its form in the base. What cannot be read comes back as it lies: its hash then
/// tells that it is damaged.
pub fn unpack(stored: &[u8]) -> Cow<'_, [u8]> {
    if !stored.starts_with(&MAGIC) {
        return Cow::Borrowed(stored);
    }
    match zstd::bulk::decompress(stored, LONGEST_PAYLOAD) {
        Ok(payload) => Cow::Owned(payload),
        Err(_) => Cow::Borrowed(stored),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_long_content_takes_less_room() {
        let json = br#"{"EAU_PEM|ETAT=F":"12","EAU_PEM|ETAT=P":"3"}"#.repeat(40);
        let packed = pack(json.clone());
        assert!(packed.len() * 5 < json.len(), "{} of {}", packed.len(), json.len());
        assert_eq!(unpack(&packed), json);
    }

    proptest! {
        #[test]
        fn what_was_packed_comes_back(
            payload in prop::collection::vec(any::<u8>(), 0..600),
            posing in any::<bool>(),
        ) {
            let payload = if posing { [&MAGIC[..], &payload].concat() } else { payload };
            let packed = pack(payload.clone());
            prop_assert_eq!(unpack(&packed).into_owned(), payload);
        }

        #[test]
        fn damaged_bytes_are_handed_back_or_read_never_worse(
            bytes in prop::collection::vec(any::<u8>(), 0..200),
        ) {
            let stored = [&MAGIC[..], &bytes].concat();
            prop_assert!(unpack(&stored).len() <= LONGEST_PAYLOAD);
        }
    }
}
