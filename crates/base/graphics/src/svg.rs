//! A small writer of SVG: it escapes everything and never writes a number that is not one.

use crate::frame::Paint;

/// What a shape is for; decides its colour alone and its class in a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Role {
    /// Words and numbers.
    Text,
    /// Words of second rank.
    Soft,
    /// Axes and grid.
    Rule,
    /// The bars.
    Bar,
    /// A series, filled; the rank chooses among six.
    Series(usize),
    /// A series, drawn as a line.
    Stroke(usize),
    /// A class of a choropleth, 0 (lowest) to 4.
    Class(usize),
    /// Land without a value of its own.
    Land,
    /// The ground of the picture, behind the hatching and around words on a map.
    Ground,
    /// The strokes of the hatching.
    Hatch,
    /// Between two areas of one group.
    Edge,
    /// Between two groups.
    Border,
    /// Rivers.
    Water,
    /// The light line on both sides of a river.
    Casing,
    /// A proportional symbol.
    Symbol,
    /// The mark of incomplete data.
    Mark,
}

/// The five steps of the sequential ramp: lightness falls evenly, so a photocopy keeps their order.
pub(crate) const RAMP: [&str; 5] = ["#e9e3ee", "#bfbedb", "#8e93c1", "#5a649f", "#28336b"];
const SERIES: [&str; 6] = ["#28336b", "#b0492c", "#b57a10", "#1d1a16", "#5d7a6a", "#8a5a83"];
const SERIES_FILL: [&str; 6] = ["g-f1", "g-f2", "g-f3", "g-f4", "g-f5", "g-f6"];
const SERIES_LINE: [&str; 6] = ["g-l1", "g-l2", "g-l3", "g-l4", "g-l5", "g-l6"];
const CLASS: [&str; 5] = ["g-c1", "g-c2", "g-c3", "g-c4", "g-c5"];

impl Role {
    /// The class, the painted attribute, and the colour.
    fn paint(self) -> (&'static str, &'static str, &'static str) {
        match self {
            Self::Text => ("g-text", "fill", "#1d1a16"),
            Self::Soft => ("g-soft", "fill", "#5f584d"),
            Self::Rule => ("g-rule", "stroke", "#d5cab8"),
            Self::Bar => ("g-bar", "fill", "#28336b"),
            Self::Series(rank) => (SERIES_FILL[rank % 6], "fill", SERIES[rank % 6]),
            Self::Stroke(rank) => (SERIES_LINE[rank % 6], "stroke", SERIES[rank % 6]),
            Self::Class(rank) => (CLASS[rank.min(4)], "fill", RAMP[rank.min(4)]),
            Self::Land => ("g-land", "fill", "#f1e9da"),
            Self::Ground => ("g-ground", "fill", "#ffffff"),
            Self::Hatch => ("g-hatch", "stroke", "#8b8272"),
            Self::Edge => ("g-edge", "stroke", "#ffffff"),
            Self::Border => ("g-border", "stroke", "#3b352c"),
            Self::Water => ("g-water", "stroke", "#2f86ab"),
            Self::Casing => ("g-casing", "stroke", "#ffffff"),
            Self::Symbol => ("g-symbol", "fill", "#b0492c"),
            Self::Mark => ("g-mark", "fill", "#1d1a16"),
        }
    }
}

/// Writes elements one after the other; closes what is open.
pub(crate) struct Svg {
    out: String,
    open: Vec<&'static str>,
    in_tag: bool,
    paint: Paint,
}

impl Svg {
    pub(crate) fn new(paint: Paint) -> Self {
        Self { out: String::with_capacity(4096), open: Vec::new(), in_tag: false, paint }
    }

    /// Opens an element; its attributes follow.
    pub(crate) fn start(&mut self, tag: &'static str) -> &mut Self {
        self.end_tag();
        self.out.push('<');
        self.out.push_str(tag);
        self.open.push(tag);
        self.in_tag = true;
        self
    }

    /// An attribute of the element that was just opened.
    pub(crate) fn attr(&mut self, name: &str, value: &str) -> &mut Self {
        self.out.push(' ');
        self.out.push_str(name);
        self.out.push_str("=\"");
        escape(value, &mut self.out);
        self.out.push('"');
        self
    }

    /// A length or a coordinate, to a tenth of a unit.
    pub(crate) fn num(&mut self, name: &str, value: f64) -> &mut Self {
        let text = number(value);
        self.attr(name, &text)
    }

    /// The colour of this role, and its class in a page.
    pub(crate) fn role(&mut self, role: Role) -> &mut Self {
        let (class, attribute, colour) = role.paint();
        if self.paint == Paint::Page {
            self.attr("class", class);
        }
        self.attr(attribute, colour)
    }

    /// Closes the last element.
    pub(crate) fn end(&mut self) -> &mut Self {
        if let Some(tag) = self.open.pop() {
            if self.in_tag {
                self.out.push_str("/>");
                self.in_tag = false;
            } else {
                self.out.push_str("</");
                self.out.push_str(tag);
                self.out.push('>');
            }
        }
        self
    }

    /// Text inside the last element.
    pub(crate) fn text(&mut self, text: &str) -> &mut Self {
        self.end_tag();
        escape(text, &mut self.out);
        self
    }

    /// An element that holds only text.
    pub(crate) fn leaf(&mut self, tag: &'static str, text: &str) -> &mut Self {
        self.start(tag).text(text).end()
    }

    /// A straight line of this role.
    pub(crate) fn line(&mut self, role: Role, from: (f64, f64), to: (f64, f64), width: f64) {
        self.start("line").role(role);
        self.num("x1", from.0).num("y1", from.1).num("x2", to.0).num("y2", to.1);
        self.num("stroke-width", width).end();
    }

    /// A word at a place: `anchor` is `start`, `middle` or `end`.
    pub(crate) fn word(&mut self, role: Role, at: (f64, f64), anchor: &str, text: &str) {
        self.start("text").role(role).num("x", at.0).num("y", at.1);
        if anchor != "start" {
            self.attr("text-anchor", anchor);
        }
        self.text(text).end();
    }

    /// The finished text.
    pub(crate) fn finish(mut self) -> String {
        while !self.open.is_empty() {
            self.end();
        }
        self.out
    }

    fn end_tag(&mut self) {
        if self.in_tag {
            self.out.push('>');
            self.in_tag = false;
        }
    }
}

/// A number for an attribute, to a tenth. What is not finite can only come from an empty scale and
/// is drawn at the origin.
pub(crate) fn number(value: f64) -> String {
    let tenths = if value.is_finite() { (value * 10.0).round() / 10.0 } else { 0.0 };
    // Adding zero turns −0 into 0.
    format!("{}", tenths.clamp(-1e9, 1e9) + 0.0)
}

/// Text and attribute values share one escape; characters that XML 1.0 forbids are replaced.
pub(crate) fn escape(text: &str, out: &mut String) {
    for letter in text.chars() {
        match letter {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            '\t' | '\n' | '\r' => out.push(' '),
            '\0'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => out.push('\u{fffd}'),
            _ => out.push(letter),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everything_is_escaped() {
        let mut svg = Svg::new(Paint::Page);
        svg.start("a").attr("href", "\"><script>").leaf("title", "N’Djamena & <b>\0");
        assert_eq!(
            svg.finish(),
            "<a href=\"&quot;&gt;&lt;script&gt;\"><title>N’Djamena &amp; &lt;b&gt;\u{fffd}</title></a>"
        );
    }

    #[test]
    fn numbers_are_short_and_finite() {
        for (value, expected) in
            [(1.0, "1"), (1.26, "1.3"), (-0.01, "0"), (f64::NAN, "0"), (f64::INFINITY, "0")]
        {
            assert_eq!(number(value), expected, "{value}");
        }
    }
}
