//! Signs that no text typed by a person holds: U+0000 to U+001F, but for the tab and line ends.
//!
//! They are refused where a request comes in, once for all slices: in a base, a file or a package,
//! some program further on would choke on them.

/// Whether a text may be kept. Forms and addresses are looked at by the service itself; a slice
/// that reads a form with a file asks for each text in it.
pub fn is_plain(text: &str) -> bool {
    text.bytes().all(|it| b' ' <= it || matches!(it, b'\t' | b'\n' | b'\r'))
}

/// Whether the pairs of a form or of an address's query, as they were sent, may be kept.
pub(crate) fn is_plain_sent(pairs: &[u8]) -> bool {
    signs(pairs).all(|it| b' ' <= it || matches!(it, b'\t' | b'\n' | b'\r'))
}

/// Whether an address's path may be looked for: it holds no line at all.
pub(crate) fn is_plain_path(path: &str) -> bool {
    signs(path.as_bytes()).all(|it| b' ' <= it)
}

/// The bytes that percent-encoded ones stand for. A byte below 0x20 is never a part of a longer
/// sign of UTF-8.
fn signs(sent: &[u8]) -> impl Iterator<Item = u8> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let first = *sent.get(at)?;
        let pair = sent.get(at + 1..at + 3).and_then(|it| std::str::from_utf8(it).ok());
        match pair.and_then(|it| u8::from_str_radix(it, 16).ok()) {
            Some(byte) if first == b'%' => {
                at += 3;
                Some(byte)
            }
            _ => {
                at += 1;
                Some(first)
            }
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn control_signs_are_found_however_they_are_sent() {
        for (sent, form, path) in [
            ("q=S%C3%A9gou+et+Kati", true, true),
            ("q=un%0D%0Adeux%09trois", true, false),
            ("q=%00", false, false),
            ("q=%1b", false, false),
            ("q=%1F", false, false),
            ("q=%2500", true, true),
            ("q=%", true, true),
            ("q=%0", true, true),
            ("q=%é", true, true),
        ] {
            assert_eq!(is_plain_sent(sent.as_bytes()), form, "{sent}");
            assert_eq!(is_plain_path(sent), path, "{sent}");
        }
        assert!(is_plain("Ségou\n") && !is_plain("Sé\u{0}gou") && !is_plain("\u{7}"));
    }
}
