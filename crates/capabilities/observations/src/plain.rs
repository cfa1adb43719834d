//! What is written here is read in the order in which it stands.

/// The text without the signs that turn the direction of what follows (U+202A to U+202E, U+2066 to
/// U+2069): with them a sentence is read otherwise than it was decided about, and its ends leak
/// into the page around it. No language of the program needs them; letters that are written from
/// the right keep their own direction.
pub(crate) fn unturned(text: &str) -> String {
    let turns = |it: char| matches!(it, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    text.chars().filter(|it| !turns(*it)).collect()
}

#[cfg(test)]
mod tests {
    use super::unturned;

    #[test]
    fn signs_that_turn_the_reading_are_left_out_and_nothing_else() {
        for (text, expected) in [
            ("La pompe \u{202e}ennap ne tse\u{202c}.", "La pompe ennap ne tse."),
            ("\u{2066}\u{2067}\u{2068}\u{2069}\u{202a}\u{202b}\u{202d}", ""),
            ("« Depuis\u{202f}quand\u{202f}? » – سوق", "« Depuis\u{202f}quand\u{202f}? » – سوق"),
        ] {
            assert_eq!(unturned(text), expected);
        }
    }
}
