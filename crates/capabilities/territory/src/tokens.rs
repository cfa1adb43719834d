//! Words of names as the search finds them: folded, and by their sound.

use std::collections::BTreeSet;

use kernel::search::{fold, sound};

/// Before a sound, so that sounds and words share one table without ever meeting.
const SOUND: char = '~';
/// Words so common in names that they find nothing; they are left out of a question that has
/// another word.
const COMMON: [&str; 17] = [
    "a", "au", "aux", "d", "de", "des", "du", "en", "et", "l", "la", "le", "les", "s", "sur",
    "sous", "the",
];

/// The tokens of names: their words and the sounds of their words.
pub fn tokens_of<'a>(names: impl IntoIterator<Item = &'a str>) -> BTreeSet<String> {
    let mut out = BTreeSet::new();
    for name in names {
        for word in fold(name).split(' ').filter(|it| !it.is_empty()) {
            let heard = sound(word);
            if 2 <= heard.len() {
                out.insert(format!("{SOUND}{heard}"));
            }
            out.insert(word.to_owned());
        }
    }
    out
}

/// A word of a question, as the ranges of the token table that answer it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked {
    /// The first token that answers.
    pub from: String,
    /// The first token after it that no longer does.
    pub until: String,
    /// The sound that answers too; empty for a word too short to be heard.
    pub sound: String,
}

impl Asked {
    /// Whether one of these tokens answers.
    pub fn is_answered_by(&self, tokens: &BTreeSet<String>) -> bool {
        tokens.range(self.from.clone()..self.until.clone()).next().is_some()
            || tokens.contains(&self.sound)
    }
}

/// The words of a question. A word of three letters or more also finds the words that begin with
/// it. Empty when the question holds no letter.
pub fn asked(question: &str) -> Vec<Asked> {
    let folded = fold(question);
    let words: Vec<&str> = folded.split(' ').filter(|it| !it.is_empty()).collect();
    let telling: Vec<&str> = words.iter().copied().filter(|it| !COMMON.contains(it)).collect();
    let kept = if telling.is_empty() { words } else { telling };
    kept.into_iter()
        .take(8)
        .map(|word| {
            let heard = sound(word);
            let long = 3 <= word.chars().count();
            // The greatest letter of all, or the least: the range of a prefix, or of one word.
            let end = if long { '\u{10ffff}' } else { '\u{1}' };
            Asked {
                from: word.to_owned(),
                until: format!("{word}{end}"),
                sound: if long && 2 <= heard.len() {
                    format!("{SOUND}{heard}")
                } else {
                    String::new()
                },
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn finds(question: &str, name: &str) -> bool {
        let tokens = tokens_of([name]);
        let asked = asked(question);
        !asked.is_empty() && asked.iter().all(|it| it.is_answered_by(&tokens))
    }

    #[test]
    fn a_question_forgives_accents_spellings_and_missing_ends() {
        for (question, name, expected) in [
            ("ouelessebougou", "Ouéléssébougou", true),
            ("wélésébougou", "Ouéléssébougou", true),
            ("sanank", "Sanankoroba", true),
            ("le caire", "Le Caire", true),
            ("caire", "Le Caire", true),
            ("la", "La Bresse", true),
            ("ka", "Kati", false),
            ("bamako", "Kati", false),
            ("", "Kati", false),
            (" ; ", "Kati", false),
        ] {
            assert_eq!(finds(question, name), expected, "{question:?} in {name:?}");
        }
    }
}
