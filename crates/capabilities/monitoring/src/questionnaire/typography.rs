//! French texts as they are printed, from texts as they are typed in the content files.

use kernel::format::{NARROW, NO_BREAK};

/// The same text with typographic apostrophes and no-break spaces before `: ; ! ? %` and inside
/// guillemets. Words and figures are untouched; done twice, it changes nothing more.
///
/// Source: *Lexique des règles typographiques en usage à l'Imprimerie nationale*.
pub fn french(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            '\'' => out.push('’'),
            ' ' => match letters.peek() {
                Some(':') => out.push(NO_BREAK),
                Some(';' | '!' | '?' | '%' | '»') => out.push(NARROW),
                _ if out.ends_with('«') => out.push(NARROW),
                Some(next) if next.is_ascii_digit() && ends_with_figure(&out) => {
                    // `10 000`: one number, not two.
                    let group: String = letters.clone().take_while(char::is_ascii_digit).collect();
                    out.push(if group.len() == 3 { NARROW } else { ' ' });
                }
                _ => out.push(' '),
            },
            other => out.push(other),
        }
    }
    out
}

/// An English text with typographic apostrophes; the rest is typed as it is printed.
pub(super) fn english(text: &str) -> String {
    text.replace('\'', "’")
}

fn ends_with_figure(text: &str) -> bool {
    text.ends_with(|it: char| it.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn typed_texts_are_printed_as_french_is() {
        for (typed, printed) in [
            ("Centre d'appui-conseil", "Centre d’appui-conseil"),
            ("Sièges : jusqu'à 10 000", "Sièges\u{a0}: jusqu’à 10\u{202f}000"),
            ("« oui » ; 50 %", "«\u{202f}oui\u{202f}»\u{202f}; 50\u{202f}%"),
            ("16 à 35 ans", "16 à 35 ans"),
            ("en 2024 12 cas", "en 2024 12 cas"),
            ("", ""),
        ] {
            assert_eq!(french(typed), printed);
            assert_eq!(french(printed), printed);
        }
    }

    proptest! {
        #[test]
        fn a_printed_text_is_left_as_it_is(text in "[a-z0-9 '«»:;!?%]{0,30}") {
            let once = french(&text);
            prop_assert_eq!(french(&once), once);
        }
    }
}
