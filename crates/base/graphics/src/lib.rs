//! Charts, maps and the brand as SVG text. Pure: structs in, text out; no file, clock or locale.
//!
//! Every picture has a title and a description for those who cannot see it, direct labels, colours
//! that survive a photocopier, and hatching where there is no data: absent is not zero. Words come
//! from the caller, who has the catalogue; numbers are written here, in the language of the frame.
//!
//! Colours are presentation attributes, so that a picture is right alone (documents, downloads). In
//! a page ([`Paint::Page`]) they also carry classes, and [`STYLESHEET`] adapts them to dark mode and
//! forced colours.

pub mod bars;
pub mod brand;
mod chain;
pub mod classes;
pub mod compact;
pub mod dots;
mod frame;
pub mod geojson;
mod key;
mod labels;
pub mod lines;
pub mod map;
pub mod multiples;
pub mod outlines;
mod plane;
pub mod qr;
mod scale;
mod scan;
mod svg;
pub mod symbols;

pub use bars::{Bar, bars};
pub use classes::{ClassRow, Classes};
pub use compact::Unreadable;
pub use dots::{DotRow, dots};
pub use frame::{Frame, Paint, STYLESHEET, Words};
pub use geojson::{ImportError, Object};
pub use lines::{Line, lines, yearly_lines};
pub use map::{Area, Choropleth, Labels, Map, choropleth};
pub use multiples::{Panel, multiples};
pub use outlines::{Layer, Outlines, Point};
pub use qr::{Resistance, qr};
pub use scan::{Unread, read_qr};
pub use symbols::{Symbol, Symbols, symbols};

/// The words of the import of boundaries: French, English.
pub fn words() -> (&'static str, &'static str) {
    (include_str!("fr.ftl"), include_str!("en.ftl"))
}
