//! A language as data: its fragments, its numbers, its sentences.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use kernel::{Date, Message, Reject};
use serde::{Deserialize, Serialize};

/// The largest file of a language, in bytes.
pub const LARGEST: usize = 256 * 1024;
/// The largest number that is said.
pub const GREATEST: u64 = 999_999_999_999;
/// The most fragments of a language.
const MOST_FRAGMENTS: usize = 1000;
/// The longest words of a fragment, in letters.
const LONGEST: usize = 200;

const SHIPPED: &[&str] = &[
    include_str!("../../../../reference/voices/fr.json"),
    include_str!("../../../../reference/voices/bm.json"),
];

static LANGUAGES: LazyLock<Vec<Grammar>> =
    LazyLock::new(|| SHIPPED.iter().filter_map(|it| Grammar::read(it.as_bytes()).ok()).collect());

/// The languages that the program ships.
pub fn shipped() -> &'static [Grammar] {
    &LANGUAGES
}

/// A language.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Grammar {
    /// Its code (ISO 639).
    pub language: String,
    /// Its own name.
    pub name: String,
    /// Whether speakers went through it.
    #[serde(default)]
    pub verified: bool,
    /// Since when it is so.
    pub edition: Date,
    /// Where it comes from.
    pub source: String,
    /// What is recorded: the words of each fragment, by key.
    pub fragments: BTreeMap<String, String>,
    /// Its numbers.
    pub numbers: Numbers,
    /// Its sentences, by element of the questionnaire.
    pub sentences: BTreeMap<String, Sentence>,
}

/// How numbers are put together.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Numbers {
    /// Numbers that have fragments of their own.
    pub words: BTreeMap<u64, Vec<String>>,
    /// The others, from the largest.
    pub steps: Vec<Step>,
    /// The greatest number that is said without doubt; what is greater stays in writing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub greatest: Option<u64>,
}

/// How numbers from a unit on are said.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Step {
    /// The unit: a hundred, a thousand.
    pub of: u64,
    /// The least number that it serves; the unit itself if it is not said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<u64>,
    /// The unit once.
    pub one: Vec<String>,
    /// The unit several times; `@q` is how many.
    pub many: Vec<String>,
    /// What stands before what is left over.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub join: Vec<String>,
}

/// A sentence about a figure.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sentence {
    /// With `@place` and `@number`.
    pub known: Vec<String>,
    /// What « n.d. » means, with `@place`.
    pub unknown: Vec<String>,
}

/// A piece of a sentence: the fragment that is heard, and what is written in its place. A number
/// is written once, in digits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    /// The key of the fragment.
    pub key: String,
    /// What is written; empty inside a number.
    pub written: String,
}

/// Why a language is refused.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum GrammarRefused {
    /// It is too large.
    #[error("the file is too large")]
    TooLarge,
    /// It is no file of a language.
    #[error("no language: {0}")]
    Unreadable(String),
    /// A fragment is named and is not there.
    #[error("fragment {0} is not there")]
    NoFragment(String),
    /// A number cannot be said.
    #[error("number {0} cannot be said")]
    NoNumber(u64),
    /// Two numbers are said alike.
    #[error("numbers {0} and {1} are said alike")]
    Alike(u64, u64),
    /// Something in it has a wrong form.
    #[error("wrong form: {0}")]
    Form(String),
}

impl Reject for GrammarRefused {
    fn message(&self) -> Message {
        match self {
            Self::TooLarge => {
                Message::new("voices-language-too-large").with("most", LARGEST / 1024)
            }
            Self::Unreadable(reason) => {
                Message::new("voices-language-unreadable").with("reason", reason)
            }
            Self::NoFragment(key) => Message::new("voices-language-fragment").with("key", key),
            Self::NoNumber(number) => Message::new("voices-language-number").with("number", number),
            Self::Alike(one, other) => {
                Message::new("voices-language-alike").with("one", one).with("other", other)
            }
            Self::Form(what) => Message::new("voices-language-form").with("what", what),
        }
    }
}

/// The key of the fragment that names a place.
pub fn key_of_place(code: &str) -> String {
    format!("lieu-{code}")
}

fn is_key(text: &str) -> bool {
    (1..=60).contains(&text.len())
        && text.bytes().all(|it| it.is_ascii_lowercase() || it.is_ascii_digit() || it == b'-')
}

impl Grammar {
    /// Reads the file of a language.
    ///
    /// # Errors
    ///
    /// If it cannot be used: every fragment that it names must be there, and every number from 0 on
    /// must be sayable.
    pub fn read(bytes: &[u8]) -> Result<Self, GrammarRefused> {
        if LARGEST < bytes.len() {
            return Err(GrammarRefused::TooLarge);
        }
        let it: Self = serde_json::from_slice(bytes)
            .map_err(|error| GrammarRefused::Unreadable(error.to_string()))?;
        let code = &it.language;
        if !(2..=3).contains(&code.len()) || !code.bytes().all(|it| it.is_ascii_lowercase()) {
            return Err(GrammarRefused::Form("language".to_owned()));
        }
        if MOST_FRAGMENTS < it.fragments.len() {
            return Err(GrammarRefused::Form("fragments".to_owned()));
        }
        for (key, words) in &it.fragments {
            let letters = words.chars().count();
            let plain = !words.chars().any(char::is_control);
            if !is_key(key) || !(1..=LONGEST).contains(&letters) || !plain {
                return Err(GrammarRefused::Form(key.chars().take(60).collect()));
            }
        }
        for long in [&it.name, &it.source] {
            if 500 < long.chars().count() || long.trim().is_empty() {
                return Err(GrammarRefused::Form("name, source".to_owned()));
            }
        }
        it.check_steps()?;
        it.check_fragments()?;
        Ok(it)
    }

    fn check_steps(&self) -> Result<(), GrammarRefused> {
        for step in &self.numbers.steps {
            let from = step.from.unwrap_or(step.of);
            let counts = |it: &[String]| it.iter().filter(|it| *it == "@q").count();
            if step.of < 2 || from < step.of || counts(&step.one) != 0 || 1 < counts(&step.many) {
                return Err(GrammarRefused::Form(format!("of {}", step.of)));
            }
        }
        // Numbers on both sides of every unit.
        let mut tried: BTreeSet<u64> = (0..=1100).collect();
        for step in &self.numbers.steps {
            // Thirty thousand and five, thirty-five thousand: what one hears must tell them apart.
            for times in [1, 2, 10, 11, 30, 35, 100, 101, 105, 999] {
                let near = step.of.saturating_mul(times);
                tried.extend([near.saturating_sub(1), near, near.saturating_add(1)]);
                tried.extend([near.saturating_add(5), near.saturating_add(99)]);
            }
        }
        tried.extend([999_999, 1_000_001, self.greatest()]);
        let mut heard: BTreeMap<Vec<&str>, u64> = BTreeMap::new();
        for number in tried.into_iter().filter(|it| *it <= self.greatest()) {
            let said = self.say(number).ok_or(GrammarRefused::NoNumber(number))?;
            if let Some(other) = heard.insert(said, number) {
                return Err(GrammarRefused::Alike(other, number));
            }
        }
        Ok(())
    }

    fn check_fragments(&self) -> Result<(), GrammarRefused> {
        let steps = self.numbers.steps.iter();
        let named = self
            .numbers
            .words
            .values()
            .chain(steps.clone().map(|it| &it.one))
            .chain(steps.clone().map(|it| &it.many))
            .chain(steps.map(|it| &it.join))
            .chain(self.sentences.values().map(|it| &it.known))
            .chain(self.sentences.values().map(|it| &it.unknown));
        for key in named.flatten().filter(|it| !it.starts_with('@')) {
            if !self.fragments.contains_key(key) {
                return Err(GrammarRefused::NoFragment(key.chars().take(60).collect()));
            }
        }
        for (element, it) in &self.sentences {
            let holds = |list: &[String], wanted: &[&str]| {
                let marks: Vec<&str> =
                    list.iter().filter(|it| it.starts_with('@')).map(String::as_str).collect();
                marks == wanted
            };
            let known = holds(&it.known, &["@place", "@number"]);
            if !known || !holds(&it.unknown, &["@place"]) {
                return Err(GrammarRefused::Form(element.chars().take(60).collect()));
            }
        }
        Ok(())
    }

    /// The greatest number that it says.
    fn greatest(&self) -> u64 {
        self.numbers.greatest.unwrap_or(GREATEST).min(GREATEST)
    }

    /// The fragments of a number, in the order in which they are said. `None` if the language does
    /// not say it.
    pub fn say(&self, number: u64) -> Option<Vec<&str>> {
        if self.greatest() < number {
            return None;
        }
        let mut out = Vec::new();
        self.say_into(number, &mut out, 0)?;
        Some(out)
    }

    fn say_into<'a>(&'a self, number: u64, out: &mut Vec<&'a str>, depth: u8) -> Option<()> {
        // Each step makes the number smaller; a file that says otherwise is stopped here.
        if GREATEST < number || 12 < depth {
            return None;
        }
        if let Some(words) = self.numbers.words.get(&number) {
            out.extend(words.iter().map(String::as_str));
            return Some(());
        }
        let serves = |it: &&Step| it.from.unwrap_or(it.of) <= number;
        let step = self.numbers.steps.iter().find(serves)?;
        let (times, rest) = (number / step.of, number % step.of);
        let pattern = if times == 1 { &step.one } else { &step.many };
        for key in pattern {
            if key == "@q" {
                self.say_into(times, out, depth + 1)?;
            } else {
                out.push(key);
            }
        }
        if 0 < rest {
            out.extend(step.join.iter().map(String::as_str));
            self.say_into(rest, out, depth + 1)?;
        }
        Some(())
    }

    /// A sentence about a figure of a place: its pieces, in order. `number` as it is written, and
    /// as it is said if it is whole and not too great. `None` if the language has no such sentence.
    pub fn sentence(
        &self,
        element: &str,
        (place, name): (&str, &str),
        number: Option<(&str, Option<u64>)>,
    ) -> Option<Vec<Piece>> {
        let sentence = self.sentences.get(element)?;
        let pattern = if number.is_some() { &sentence.known } else { &sentence.unknown };
        let mut out = Vec::new();
        for key in pattern {
            match (key.as_str(), number) {
                ("@place", _) => {
                    out.push(Piece { key: key_of_place(place), written: format!("{name},") });
                }
                ("@number", Some((written, said))) => {
                    let mut written = written.to_owned();
                    // A number with decimals, or one too great, has no fragments: the sentence
                    // stays in writing.
                    let keys = said.and_then(|it| self.say(it)).unwrap_or_else(|| vec!["nombre"]);
                    for key in keys {
                        let piece =
                            Piece { key: key.to_owned(), written: std::mem::take(&mut written) };
                        out.push(piece);
                    }
                }
                (key, _) => {
                    let written = self.fragments.get(key).cloned().unwrap_or_default();
                    out.push(Piece { key: key.to_owned(), written });
                }
            }
        }
        Some(out)
    }
}

/// A sentence in writing.
pub fn written(pieces: &[Piece]) -> String {
    let mut out = String::new();
    for it in pieces.iter().filter(|it| !it.written.is_empty()) {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(&it.written);
    }
    let mut letters = out.chars();
    match letters.next() {
        Some(first) => first.to_uppercase().chain(letters).collect(),
        None => out,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn language(code: &str) -> &'static Grammar {
        shipped().iter().find(|it| it.language == code).unwrap()
    }

    #[test]
    fn the_shipped_languages_can_be_used() {
        for it in SHIPPED {
            if let Err(error) = Grammar::read(it.as_bytes()) {
                panic!("{error}");
            }
        }
        assert!(language("fr").verified);
        assert!(!language("bm").verified, "nobody here could vouch for it");
    }

    #[test]
    fn numbers_are_said_as_people_say_them() {
        for (code, number, expected) in [
            ("fr", 0, "zéro"),
            ("fr", 21, "vingt et un"),
            ("fr", 71, "soixante et onze"),
            ("fr", 80, "quatre-vingts"),
            ("fr", 91, "quatre-vingt-onze"),
            ("fr", 100, "cent"),
            ("fr", 101, "cent un"),
            ("fr", 217, "deux cent dix-sept"),
            ("fr", 1000, "mille"),
            ("fr", 1984, "mille neuf cent quatre-vingt-quatre"),
            ("fr", 42_300, "quarante-deux mille trois cent"),
            ("fr", 1_000_000, "un million"),
            ("fr", 2_000_015, "deux millions quinze"),
            ("bm", 1, "kelen"),
            ("bm", 10, "tan"),
            ("bm", 11, "tan ni kelen"),
            ("bm", 20, "mugan"),
            ("bm", 25, "mugan ni duuru"),
            ("bm", 30, "bi saba"),
            ("bm", 99, "bi kɔnɔntɔn ni kɔnɔntɔn"),
            ("bm", 100, "kɛmɛ"),
            ("bm", 125, "kɛmɛ ni mugan ni duuru"),
            ("bm", 200, "kɛmɛ fila"),
            ("bm", 1000, "wa kelen"),
            ("bm", 2345, "wa fila ni kɛmɛ saba ni bi naani ni duuru"),
        ] {
            let grammar = language(code);
            let keys = grammar.say(number).unwrap();
            let words: Vec<&str> = keys.iter().map(|it| grammar.fragments[*it].as_str()).collect();
            assert_eq!(words.join(" "), expected, "{code} {number}");
        }
        assert_eq!(language("fr").say(GREATEST + 1), None);
    }

    #[test]
    fn the_same_sentence_is_written_and_heard() {
        let grammar = language("fr");
        let place = ("ML020503", "Sanankoroba");
        let known = grammar.sentence("EDU_ELEVES", place, Some(("1\u{202f}234", Some(1234))));
        let known = known.unwrap();
        assert_eq!(
            written(&known),
            "Dans la commune de Sanankoroba, 1\u{202f}234 élèves sont inscrits à l’école \
             fondamentale."
        );
        let keys: Vec<&str> = known.iter().map(|it| it.key.as_str()).collect();
        assert_eq!(
            keys,
            [
                "dans-la-commune-de",
                "lieu-ML020503",
                "mille",
                "deux",
                "cent",
                "trente-quatre",
                "eleves",
            ]
        );
        let unknown = grammar.sentence("EDU_ELEVES", place, None).unwrap();
        assert!(written(&unknown).ends_with("n’est pas encore connu."));
        assert_eq!(grammar.sentence("AUTRE", place, None), None);
    }

    #[test]
    fn a_language_with_a_hole_is_refused() {
        let change = |old: &str, new: &str| {
            let text = SHIPPED[1].replacen(old, new, 1);
            assert_ne!(text, SHIPPED[1], "{old}");
            Grammar::read(text.as_bytes())
        };
        for (old, new, expected) in [
            ("\"language\": \"bm\"", "\"language\": \"B!\"", "wrong form: language"),
            ("\"ni\": \"ni\"", "\"n\": \"ni\"", "fragment ni is not there"),
            ("\"of\": 100,", "\"of\": 1,", "wrong form: of 1"),
            ("\"1\": [", "\"7000000000000\": [", "number 1 cannot be said"),
        ] {
            assert_eq!(change(old, new).unwrap_err().to_string(), expected, "{old}");
        }
        assert!(matches!(Grammar::read(b"{}"), Err(GrammarRefused::Unreadable(_))));
        assert_eq!(Grammar::read(&vec![b' '; LARGEST + 1]), Err(GrammarRefused::TooLarge));
    }

    #[test]
    fn what_is_heard_in_bamanankan_tells_the_number() {
        let grammar = language("bm");
        let all: BTreeSet<Vec<&str>> = (0..=9999).map(|it| grammar.say(it).unwrap()).collect();
        assert_eq!(all.len(), 10_000);
        // Beyond, ten thousand and one would be heard as eleven thousand: it stays in writing.
        assert_eq!(grammar.say(10_000), None);
        let whole = SHIPPED[1].replace("\"greatest\": 9999", "\"greatest\": 99999");
        let refused = Grammar::read(whole.as_bytes()).unwrap_err();
        assert_eq!(refused, GrammarRefused::Alike(10_001, 11_000));
        let sentence =
            grammar.sentence("HYD_PE", ("X", "X"), Some(("12\u{202f}000", Some(12_000))));
        let sentence = sentence.unwrap();
        assert!(written(&sentence).contains("12\u{202f}000"));
        assert!(sentence.iter().any(|it| it.key == "nombre"));
    }

    proptest! {
        /// Two numbers are never said alike in French.
        #[test]
        fn what_is_heard_tells_the_number(a in 0..=GREATEST, b in 0..2_000_000u64, near in 0..3u64) {
            let said = |it: u64| language("fr").say(it).unwrap();
            prop_assert!(said(a) != said(b) || a == b);
            prop_assert!(said(b) != said(b + near) || near == 0);
        }
    }
}
