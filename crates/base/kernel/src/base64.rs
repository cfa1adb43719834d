//! Bytes as text (RFC 4648, base64 with padding): the journal's facts are JSON.

const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// The text of these bytes.
pub fn encode(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for part in bytes.chunks(3) {
        let of = |at: usize| u32::from(part.get(at).copied().unwrap_or_default());
        let bits = of(0) << 16 | of(1) << 8 | of(2);
        for at in 0..4 {
            let digit = DIGITS[usize::try_from(bits >> (18 - 6 * at) & 63).unwrap_or_default()];
            text.push(if at <= part.len() { char::from(digit) } else { '=' });
        }
    }
    text
}

/// The bytes of such a text. `None` if it is none.
pub fn decode(text: &str) -> Option<Vec<u8>> {
    let mut bytes = Vec::with_capacity(text.len() / 4 * 3);
    for part in text.as_bytes().chunks(4) {
        let filled = part.iter().take_while(|it| **it != b'=').count();
        if part.len() != 4 || filled < 2 {
            return None;
        }
        let mut bits = 0;
        for digit in &part[..filled] {
            let value = DIGITS.iter().position(|it| it == digit)?;
            bits = bits << 6 | u32::try_from(value).ok()?;
        }
        let whole = (bits << (6 * (4 - filled))).to_be_bytes();
        bytes.extend(&whole[1..filled]);
    }
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_text_is_that_of_the_standard() {
        for (bytes, text) in [(&b""[..], ""), (b"Mopti", "TW9wdGk="), (b"Gao", "R2Fv")] {
            assert_eq!(encode(bytes), text);
            assert_eq!(decode(text).as_deref(), Some(bytes));
        }
        for wrong in ["TW9", "T===", "TW9wdGk!", "é"] {
            assert_eq!(decode(wrong), None, "{wrong}");
        }
    }

    proptest! {
        #[test]
        fn bytes_come_back(bytes in proptest::collection::vec(any::<u8>(), 0..100)) {
            prop_assert_eq!(decode(&encode(&bytes)), Some(bytes));
        }
    }
}
