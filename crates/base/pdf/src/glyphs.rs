//! Which letters can be printed.

use std::borrow::Cow;

use documents::text::clean;

use crate::engine::fonts;

/// Stands for a letter that no font draws. The reader must see that something is missing.
const UNKNOWN: char = '\u{fffd}';

/// The text with only letters that the embedded fonts draw. The standards for archives forbid
/// missing glyphs and letters for private use.
pub(crate) fn printable(text: &str) -> String {
    let letters = clean(text);
    letters
        .chars()
        .filter(|it| !ignorable(*it))
        .map(|it| if drawn(it) { it } else { UNKNOWN })
        .collect()
}

/// The same for a drawing, whose markup is all drawn by the fonts.
pub(crate) fn printable_svg(svg: &str) -> Cow<'_, str> {
    if svg.is_ascii() { Cow::Borrowed(svg) } else { Cow::Owned(printable(svg)) }
}

/// Joiners and variation marks: invisible, and without a glyph of their own.
fn ignorable(letter: char) -> bool {
    matches!(
        letter,
        '\u{34f}' | '\u{61c}' | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}'
            | '\u{2060}'..='\u{206f}' | '\u{fe00}'..='\u{fe0f}' | '\u{e0000}'..='\u{e0fff}'
    )
}

/// Whether one of the fonts has the letter.
pub(crate) fn drawn(letter: char) -> bool {
    let private = matches!(letter, '\u{e000}'..='\u{f8ff}' | '\u{f0000}'..);
    let code = u32::from(letter);
    letter.is_ascii() || !private && fonts().iter().any(|it| it.info().coverage.contains(code))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::FAMILY;

    #[test]
    fn national_letters_and_french_signs_are_in_the_main_font() {
        let letters = "ɛɔɲŋƐƆƝŊɓɗƴƁƊƳəƏàâçéèêëîïôöùûüÿœæÀÉÈÊÇŒ\u{a0}\u{202f}«»’“”–—…−×½²³°№€≤≥→←ᵉ";
        let faces = fonts().iter().filter(|it| it.info().family == FAMILY);
        let mut seen = 0;
        for face in faces {
            seen += 1;
            for letter in letters.chars() {
                let variant = face.info().variant;
                assert!(face.info().coverage.contains(u32::from(letter)), "{letter:?} {variant:?}");
            }
        }
        assert_eq!(seen, 4, "regular and semibold, upright and italic");
    }

    #[test]
    fn a_letter_that_no_font_draws_is_shown_as_missing() {
        for (text, expected) in [
            ("Ɲɛnɛ", "Ɲɛnɛ"),
            ("ߒߞߏ", "\u{fffd}\u{fffd}\u{fffd}"),
            ("bravo 👏🏽", "bravo \u{fffd}\u{fffd}"),
            ("a\u{200d}b\u{fe0f}", "ab"),
            ("\u{e000}", "\u{fffd}"),
            ("deux\nlignes", "deux\nlignes"),
        ] {
            assert_eq!(printable(text), expected, "{text:?}");
        }
    }
}
