//! The brand: a woven band and a mark, in a few hundred bytes each.
//!
//! The band takes its rhythm from mud-cloth and strip weaving: rows of lozenges, zigzags and
//! points. The mark is two strips that cross and hold each other, as on a loom: the good
//! understanding (*benkadi*) of two parties. No flag, no picture of anyone.


/// Deep indigo: action.
pub const INDIGO: &str = "#28336b";
/// Clay red: what needs attention.
pub const CLAY: &str = "#b0492c";
/// Millet ochre: the accent.
pub const OCHRE: &str = "#d9a441";
/// Ink, almost black.
pub const INK: &str = "#1d1a16";
/// Paper, warm and off-white.
pub const PAPER: &str = "#fbf7ef";

/// The width of one repeat of the band.
pub const REPEAT: u32 = 96;
/// The height of the band.
pub const TALL: u32 = 24;

/// The marks of one repeat on the ground of the band.
const WEAVE: &str = concat!(
    "<path fill=\"#d9a441\" d=\"M0 0h96v2H0zM0 22h96v2H0z\"/>",
    "<path fill=\"none\" stroke=\"#fbf7ef\" stroke-width=\"2\" d=\"M0 17l6-10 6 10 6-10 6 10 6-10 6 10\"/>",
    "<path fill=\"#d9a441\" d=\"M54 4l9 8-9 8-9-8z\"/>",
    "<path fill=\"#28336b\" d=\"M54 8l5 4-5 4-5-4z\"/>",
    "<path fill=\"#fbf7ef\" d=\"M53 11h2v2h-2zM39 11h3v2h-3zM66 11h3v2h-3z\"/>",
    "<path fill=\"#cf6a4a\" d=\"M72 6h4v12h-4zM79 6h4v12h-4zM86 6h4v12h-4z\"/>",
);

/// One repeat of the band: a tile for a style sheet (`repeat-x`).
pub fn tile() -> String {
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{REPEAT}\" height=\"{TALL}\" viewBox=\"0 0 {REPEAT} {TALL}\"><path fill=\"{INDIGO}\" d=\"M0 0h{REPEAT}v{TALL}H0z\"/>{WEAVE}</svg>"
    )
}
