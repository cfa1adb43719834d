//! Bytes as text: hexadecimal for files, words for the telephone.

use std::fmt::Write as _;

/// Sixteen consonants and four vowels that a French ear does not confuse: two bytes make one word.
const CONSONANTS: &[u8; 16] = b"bdfgjklmnprstvyz";
const VOWELS: &[u8; 4] = b"aiou";

/// Lower-case hexadecimal.
pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut out, it| {
        let _ = write!(out, "{it:02x}");
        out
    })
}

/// The `N` bytes that this hexadecimal text writes.
pub(crate) fn unhex<const N: usize>(text: &str) -> Option<[u8; N]> {
    if text.len() != N * 2 || !text.is_ascii() {
        return None;
    }
    let mut out = [0; N];
    for (at, byte) in out.iter_mut().enumerate() {
        *byte = u8::from_str_radix(text.get(at * 2..at * 2 + 2)?, 16).ok()?;
    }
    Some(out)
}

/// Sixteen bytes as eight words that can be read aloud: `damul fivop …`.
///
/// Two bytes make five letters, after Wilkerson, *A proposal for proquints* (2009), with letters
/// chosen for French: no mute `h`, no `c` or `q` that sound like `k`.
pub(crate) fn words(bytes: &[u8; 16]) -> String {
    let mut out = String::with_capacity(47);
    for pair in bytes.chunks_exact(2) {
        if !out.is_empty() {
            out.push(' ');
        }
        let number = u16::from_be_bytes([pair[0], pair[1]]);
        for (shift, letters) in
            [(12, &CONSONANTS[..]), (10, VOWELS), (6, CONSONANTS), (4, VOWELS), (0, CONSONANTS)]
        {
            let index = usize::from(number >> shift) % letters.len();
            out.push(char::from(letters[index]));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn words_are_eight_and_tell_bytes_apart() {
        assert_eq!(words(&[0; 16]), ["babab"; 8].join(" "));
        assert_eq!(words(&[255; 16]), ["zuzuz"; 8].join(" "));
        let mut one = [0; 16];
        one[15] = 1;
        assert!(words(&one).ends_with("babad"));
    }

    proptest! {
        #[test]
        fn hexadecimal_reads_back(bytes: [u8; 32]) {
            prop_assert_eq!(unhex::<32>(&hex(&bytes)), Some(bytes));
        }

        #[test]
        fn other_words_for_other_bytes(left: [u8; 16], right: [u8; 16]) {
            prop_assert_eq!(left == right, words(&left) == words(&right));
        }
    }
}
