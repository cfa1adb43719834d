//! Folding of names so that a search forgives accents, old spellings and national orthographies.

use unicode_normalization::UnicodeNormalization;

/// Lower case without accents or signs: `« Ouéléssébougou »` gives `ouelessebougou`, `Ɲɔna` gives
/// `nyona`. Words are separated by one space.
pub fn fold(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.nfd() {
        match letter {
            '\u{300}'..='\u{36f}' => {}
            '’' | '\'' => push_gap(&mut out),
            _ => {
                for small in letter.to_lowercase() {
                    match small {
                        'ɛ' => out.push('e'),
                        'ɔ' => out.push('o'),
                        'ɲ' => out.push_str("ny"),
                        'ŋ' => out.push_str("ng"),
                        'ɓ' => out.push('b'),
                        'ɗ' => out.push('d'),
                        'ƴ' => out.push('y'),
                        'œ' => out.push_str("oe"),
                        'æ' => out.push_str("ae"),
                        'ß' => out.push_str("ss"),
                        'ı' => out.push('i'),
                        'ø' => out.push('o'),
                        'ł' => out.push('l'),
                        it if it.is_alphanumeric() => out.push(it),
                        _ => push_gap(&mut out),
                    }
                }
            }
        }
    }
    out.truncate(out.trim_end().len());
    out
}

fn push_gap(out: &mut String) {
    if !out.is_empty() && !out.ends_with(' ') {
        out.push(' ');
    }
}

/// The sound of one folded word, as French ears spell Malian names: doubled letters, `ou`/`w`/`u`,
/// `c`/`k`/`q`, `dj`/`j`, `gn`/`ny`, `y`/`i`, `s`/`z`, mute `h` and `gu` before a clear vowel
/// become one spelling. `Ouelessebougou`, `Ouéléssébougou` and `welesebugu` sound alike.
pub fn sound(word: &str) -> String {
    let letters: Vec<char> = word.chars().collect();
    let mut out = String::with_capacity(word.len());
    let mut at = 0;
    while let Some(&letter) = letters.get(at) {
        let next = letters.get(at + 1).copied();
        let after = letters.get(at + 2).copied();
        let mut step = 1;
        let said = match (letter, next) {
            ('o', Some('u')) => {
                step = 2;
                "u"
            }
            ('w', _) => "u",
            ('g', Some('u')) if matches!(after, Some('e' | 'i')) => {
                step = 2;
                "g"
            }
            ('q', Some('u')) => {
                step = 2;
                "k"
            }
            ('c', Some('h')) => {
                step = 2;
                "s"
            }
            ('c', Some('e' | 'i' | 'y')) => "s",
            ('c' | 'q', _) => "k",
            ('k', Some('h')) => {
                step = 2;
                "k"
            }
            ('d', Some('j')) => {
                step = 2;
                "j"
            }
            ('d', Some('i' | 'y')) if matches!(after, Some('a' | 'e' | 'o' | 'u')) => {
                step = 2;
                "j"
            }
            ('g', Some('n')) | ('n', Some('y')) => {
                step = 2;
                "ni"
            }
            ('s', Some('h')) => {
                step = 2;
                "s"
            }
            ('p', Some('h')) => {
                step = 2;
                "f"
            }
            ('z', _) => "s",
            ('y', _) => "i",
            ('h', _) => "",
            _ => {
                if !out.ends_with(letter) {
                    out.push(letter);
                }
                at += 1;
                continue;
            }
        };
        for heard in said.chars() {
            if !out.ends_with(heard) {
                out.push(heard);
            }
        }
        at += step;
    }
    out
}

/// The sounds of all the words of a text, in order.
pub fn sounds(text: &str) -> Vec<String> {
    fold(text)
        .split(' ')
        .filter(|it| !it.is_empty())
        .map(sound)
        .filter(|it| !it.is_empty())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn accents_and_national_letters_fold() {
        for (text, expected) in [
            ("Ouéléssébougou", "ouelessebougou"),
            ("S.A.N. d’Evry", "s a n d evry"),
            ("  Sanankoroba ", "sanankoroba"),
            ("Ɲɔna", "nyona"),
            ("Forêt-sur-Œil", "foret sur oeil"),
            ("", ""),
        ] {
            assert_eq!(fold(text), expected, "{text}");
        }
    }

    #[test]
    fn old_spellings_sound_alike() {
        for (left, right) in [
            ("Ouéléssébougou", "ouelessebougou"),
            ("Ouelessebougou", "Wélésébougou"),
            ("Djenné", "Dienne"),
            ("Koutiala", "Coutiala"),
            ("Tombouctou", "Tombuktu"),
            ("Kolokani", "Colocani"),
            ("Nioro", "Gnoro"),
            ("Faladié", "Faladye"),
        ] {
            let (left, right) = (sounds(left), sounds(right));
            if left != right {
                // Not every old spelling is within reach; those listed here are.
                panic!("{left:?} and {right:?} do not sound alike");
            }
        }
    }

    proptest! {
        #[test]
        fn folding_is_done_once(text in "\\PC{0,24}") {
            let once = fold(&text);
            prop_assert_eq!(fold(&once), once);
        }
    }
}
