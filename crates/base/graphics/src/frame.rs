//! What every picture shares: who it is for, how wide it is, how it is read aloud.

use kernel::format::NO_BREAK;
use kernel::{Decimal, Language};

use crate::svg::{Role, Svg};

/// The rules that adapt pictures in a page to dark mode and forced colours. About a kilobyte.
pub const STYLESHEET: &str = include_str!("graphics.css");

/// Where the picture will be seen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Paint {
    /// Inside a page that has [`STYLESHEET`]: classes beside the colours, the page's letters.
    #[default]
    Page,
    /// Alone: a document or a file. Fixed colours and letters.
    Alone,
}

/// The words that a picture may need, from the catalogue.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Words {
    /// `sans donnée`.
    pub no_data: String,
    /// `données incomplètes`.
    pub incomplete: String,
}

/// The frame of a picture.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Frame {
    /// Unique in the page; anything but letters, digits and hyphens is dropped.
    pub id: String,
    /// States the finding; read first by a screen reader.
    pub title: String,
    /// Says what the picture shows, for those who cannot see it.
    pub description: String,
    /// Of the numbers and quarters.
    pub language: Language,
    /// Where it will be seen.
    pub paint: Paint,
    /// Units, which are pixels at full size. Held between 240 and 1600. A telephone shows 320.
    pub width: u32,
    /// Words from the catalogue.
    pub words: Words,
}

/// The size of letters.
pub(crate) const LETTER: f64 = 14.0;
/// How much wider bold letters are.
pub(crate) const BOLD: f64 = 1.1;
/// From one line of text to the next.
pub(crate) const LEADING: f64 = 19.0;

impl Frame {
    pub(crate) fn wide(&self) -> f64 {
        f64::from(self.width.clamp(240, 1600))
    }

    /// The identifier as it may stand in an attribute and in `url(#…)`.
    pub(crate) fn key(&self) -> String {
        let clean = self.id.chars().filter(|it| it.is_ascii_alphanumeric() || *it == '-');
        format!("g-{}", clean.take(60).collect::<String>())
    }

    /// Opens the picture: root, title, description, hatching. `group` is for pictures with links,
    /// which a reader must be able to enter.
    pub(crate) fn open(&self, height: f64, letter: f64, group: bool) -> Svg {
        let key = self.key();
        let mut svg = Svg::new(self.paint);
        svg.start("svg").attr("xmlns", "http://www.w3.org/2000/svg");
        svg.attr("viewBox", &format!("0 0 {} {}", self.wide(), height.ceil()));
        svg.num("width", self.wide()).num("height", height.ceil());
        if self.paint == Paint::Page {
            svg.attr("class", "g");
        } else {
            svg.attr("font-family", "Noto Sans, DejaVu Sans, Arial, sans-serif");
        }
        svg.num("font-size", letter).attr("role", if group { "group" } else { "img" });
        svg.attr("aria-labelledby", &format!("{key}-t {key}-d"));
        svg.attr("lang", self.language.code());
        svg.start("title").attr("id", &format!("{key}-t")).text(&self.title).end();
        svg.start("desc").attr("id", &format!("{key}-d")).text(&self.description).end();
        svg
    }

    /// Defines the hatching of absent data; call once, before its first use.
    pub(crate) fn hatch(&self, svg: &mut Svg) {
        svg.start("defs").start("pattern").attr("id", &format!("{}-h", self.key()));
        svg.num("width", 6.0).num("height", 6.0).attr("patternUnits", "userSpaceOnUse");
        svg.start("rect").role(Role::Ground).num("width", 6.0).num("height", 6.0).end();
        svg.start("path").role(Role::Hatch).attr("d", "M-1 1l2-2M0 6l6-6M5 7l2-2");
        svg.num("stroke-width", 1.2).end().end().end();
    }

    /// The fill of absent data.
    pub(crate) fn hatching(&self) -> String {
        format!("url(#{}-h)", self.key())
    }

    /// A value as people read it, with its unit: `12,5 %`.
    pub(crate) fn value(&self, value: Decimal, unit: Option<&str>) -> String {
        let number = self.language.decimal(value);
        match unit {
            // English sets the sign against its number.
            Some("%") if self.language == Language::English => format!("{number}%"),
            Some(unit) if !unit.is_empty() => format!("{number}{NO_BREAK}{unit}"),
            _ => number,
        }
    }

    /// What is told of a name: `Kati : 12,5 %`, `Kati: 12.5%`.
    pub(crate) fn of(&self, name: &str, told: &str) -> String {
        match self.language {
            Language::French => format!("{name}{NO_BREAK}: {told}"),
            Language::English => format!("{name}: {told}"),
        }
    }

    /// A value or the words for its absence.
    pub(crate) fn told(&self, value: Option<Decimal>, unit: Option<&str>) -> String {
        value.map_or_else(|| self.words.no_data.clone(), |it| self.value(it, unit))
    }
}

/// An estimate of the width of a text, on the safe side: that of the widest usual letters (DejaVu).
pub(crate) fn width_of(text: &str, letter: f64) -> f64 {
    let ems: f64 = text
        .chars()
        .map(|it| match it {
            'i' | 'j' | 'l' | 't' | 'f' | 'r' | '.' | ',' | '’' | '\'' | '|' | 'I' | ':' => 0.39,
            '\u{202f}' => 0.24,
            ' ' | '\u{a0}' | '-' | '(' | ')' => 0.4,
            'm' | 'w' | 'M' | 'W' | '%' => 0.98,
            _ if it.is_uppercase() => 0.75,
            _ => 0.635,
        })
        .sum();
    ems * letter
}

/// The text, cut with an ellipsis if it is wider than the room. Its whole is kept in a title.
///
/// It is cut before its end, not at it: names of one list often differ by their last letters only
/// (« Commune d’exemple 1 », « Commune d’exemple 2 »).
pub(crate) fn fitted(text: &str, room: f64, letter: f64) -> String {
    if width_of(text, letter) <= room {
        return text.to_owned();
    }
    let room = room - letter * 0.9;
    let tail = taken(text.chars().rev(), room * 0.4, letter);
    let tail: String = tail.chars().rev().collect();
    let head = taken(text.chars(), room - width_of(&tail, letter), letter);
    format!("{}…{}", head.trim_end(), tail.trim_start())
}

/// As many of the letters as have room.
fn taken(letters: impl Iterator<Item = char>, room: f64, letter: f64) -> String {
    let mut out = String::new();
    for it in letters {
        out.push(it);
        if width_of(&out, letter) > room {
            out.pop();
            break;
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_differ_by_their_end_still_differ_when_cut() {
        let cut = |text: &str| fitted(text, 110.0, LETTER);
        let (one, two) = (cut("Commune d’exemple 1"), cut("Commune d’exemple 2"));
        assert!(one.starts_with("Comm") && one.ends_with('1'), "{one}");
        assert_ne!(one, two);
        assert!(width_of(&one, LETTER) <= 110.0, "{one}");
        assert_eq!(cut("Kati"), "Kati");
    }
}
