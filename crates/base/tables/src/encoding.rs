//! Which letters the bytes of a text are.

use crate::Refused;

/// A text and whether it had to be read as Windows-1252.
pub(crate) fn decode(bytes: &[u8]) -> Result<(String, bool), Refused> {
    let (text, other) = match bytes {
        [0xef, 0xbb, 0xbf, rest @ ..] => match std::str::from_utf8(rest) {
            Ok(it) => (it.to_owned(), false),
            Err(_) => (windows(rest), true),
        },
        [0xff, 0xfe, rest @ ..] => (wide(rest, u16::from_le_bytes)?, false),
        [0xfe, 0xff, rest @ ..] => (wide(rest, u16::from_be_bytes)?, false),
        _ if is_wide(bytes, 1) => (wide(bytes, u16::from_le_bytes)?, false),
        _ if is_wide(bytes, 0) => (wide(bytes, u16::from_be_bytes)?, false),
        _ => match std::str::from_utf8(bytes) {
            Ok(it) => (it.to_owned(), false),
            Err(_) => (windows(bytes), true),
        },
    };
    // Text has no such signs; a program or a picture has.
    let strange =
        |it: char| it.is_control() && !matches!(it, '\n' | '\r' | '\t' | '\u{80}'..='\u{9f}');
    if text.chars().any(strange) {
        return Err(Refused::NotATable);
    }
    Ok((text, other))
}

/// Whether every second byte of the beginning is zero: UTF-16 whose mark was lost.
fn is_wide(bytes: &[u8], zero: usize) -> bool {
    let start = &bytes[..bytes.len().min(512) & !1];
    8 <= start.len()
        && start.chunks_exact(2).filter(|it| it[zero] == 0).count() * 10 > start.len() / 2 * 8
}

fn wide(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> Result<String, Refused> {
    let units = bytes.chunks_exact(2).map(|it| unit([it[0], it[1]]));
    char::decode_utf16(units)
        .collect::<Result<String, _>>()
        .map_err(|_| Refused::Damaged { part: "UTF-16".to_owned() })
}

/// What Windows-1252 has where Latin-1 has control signs; five bytes mean nothing.
const HIGH: [char; 32] = [
    '€', '\u{fffd}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{fffd}', 'Ž',
    '\u{fffd}', '\u{fffd}', '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{fffd}',
    'ž', 'Ÿ',
];

fn windows(bytes: &[u8]) -> String {
    let letter = |it: &u8| match it {
        0x80..=0x9f => HIGH[usize::from(it - 0x80)],
        _ => char::from(*it),
    };
    bytes.iter().map(letter).collect()
}

/// The words again if they are UTF-8 that somebody read as Windows-1252: « CommunautÃ© ».
pub(crate) fn mended(text: &str) -> Option<String> {
    if text.is_ascii() || !text.contains(['Ã', 'Â', 'â', 'É', 'Å']) {
        return None;
    }
    let mut bytes = Vec::with_capacity(text.len());
    for letter in text.chars() {
        let byte = match HIGH.iter().position(|it| *it == letter && letter != '\u{fffd}') {
            Some(at) => 0x80 + u8::try_from(at).ok()?,
            None => u8::try_from(u32::from(letter)).ok()?,
        };
        bytes.push(byte);
    }
    let mended = String::from_utf8(bytes).ok()?;
    (mended != text).then_some(mended)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spoilt_words_are_set_right_and_sound_ones_left_alone() {
        for (text, expected) in [
            ("CommunautÃ©", Some("Communauté")),
            ("OuÃ©lÃ©ssÃ©bougou", Some("Ouéléssébougou")),
            ("lâ€™eau", Some("l’eau")),
            ("Communauté", None),
            ("ÂGE", None),
            ("Âge et pâte", None),
            ("Kati", None),
            ("Ɲɔna â", None),
        ] {
            assert_eq!(mended(text).as_deref(), expected, "{text}");
        }
    }
}
