//! A line of text with its bold and italic parts, and what is never let through to a file.

/// A part of a text that has one look.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Inline {
    /// The characters. A line feed breaks the line.
    pub text: String,
    /// Whether it stands out.
    pub bold: bool,
    /// Whether it leans: titles, foreign words.
    pub italic: bool,
}

/// A text in its parts. Built from a plain string, or part by part:
/// `Text::from("Total ").bold("12")`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Text(pub Vec<Inline>);

impl Text {
    /// Adds a plain part.
    #[must_use]
    pub fn plain(self, text: impl Into<String>) -> Self {
        self.with(text, false, false)
    }

    /// Adds a part in bold.
    #[must_use]
    pub fn bold(self, text: impl Into<String>) -> Self {
        self.with(text, true, false)
    }

    /// Adds a part in italics.
    #[must_use]
    pub fn italic(self, text: impl Into<String>) -> Self {
        self.with(text, false, true)
    }

    fn with(mut self, text: impl Into<String>, bold: bool, italic: bool) -> Self {
        self.0.push(Inline { text: text.into(), bold, italic });
        self
    }

    /// The characters alone.
    pub fn to_plain(&self) -> String {
        self.0.iter().map(|it| it.text.as_str()).collect()
    }

    /// Whether there is nothing to read.
    pub fn is_empty(&self) -> bool {
        self.0.iter().all(|it| it.text.is_empty())
    }
}

impl From<&str> for Text {
    fn from(text: &str) -> Self {
        Self::default().plain(text)
    }
}

impl From<String> for Text {
    fn from(text: String) -> Self {
        Self::default().plain(text)
    }
}

impl From<&String> for Text {
    fn from(text: &String) -> Self {
        Self::default().plain(text.as_str())
    }
}

/// The text without the characters that no file should hold: controls, which XML forbids; marks of
/// direction, which can make a name read as another; byte-order marks and non-characters. A tab
/// becomes a space; line feeds stay, whatever they were.
pub fn clean(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            '\r' => {
                if letters.peek() != Some(&'\n') {
                    out.push('\n');
                }
            }
            '\n' => out.push('\n'),
            '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => out.push('\n'),
            '\t' => out.push(' '),
            it if it.is_control() => {}
            '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => {}
            '\u{feff}' | '\u{fdd0}'..='\u{fdef}' => {}
            it if u32::from(it) & 0xfffe == 0xfffe => {}
            it => out.push(it),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_can_be_read_goes_through() {
        for (text, expected) in [
            (
                "Commune de Ɲɛnɛ\u{a0}: 1\u{202f}234\u{202f}%",
                "Commune de Ɲɛnɛ\u{a0}: 1\u{202f}234\u{202f}%",
            ),
            ("a\u{0}b\u{7}c\u{1b}[0m", "abc[0m"),
            ("deux\r\nlignes\rici", "deux\nlignes\nici"),
            ("un\ttrou", "un trou"),
            ("\u{feff}nom\u{202e}eriam", "nomeriam"),
            ("\u{ffff}\u{1fffe}", ""),
        ] {
            assert_eq!(clean(text), expected, "{text:?}");
        }
    }
}
