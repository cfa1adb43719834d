//! The brand: a woven band and a mark, in a few hundred bytes each.
//!
//! The band takes its rhythm from mud-cloth and strip weaving: bars, lozenges, points, zigzags. The
//! mark is two lozenges of that band that meet and share a heart: the good understanding
//! (*benkadi*) of two parties. No flag, no picture of anyone, no letters.

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

/// One repeat on its indigo ground: selvedges, bars, lozenge between points, zigzag.
const WEAVE: &str = concat!(
    "<path fill=\"#28336b\" d=\"M0 0h96v24H0z\"/>",
    "<path fill=\"#d9a441\" d=\"M0 0h96v1.5H0zM0 22.5h96V24H0zM36 3.5L47 12l-11 8.5L25 12z\"/>",
    "<path fill=\"#28336b\" d=\"M36 7.5l6 4.5-6 4.5-6-4.5z\"/>",
    "<path fill=\"#eee4d0\" d=\"M36 9.8l3 2.2-3 2.2-3-2.2zM17.7 10.7h2.6v2.6h-2.6zM51.7 10.7h2.6v2.6h-2.6z\"/>",
    "<path fill=\"none\" stroke=\"#eee4d0\" stroke-width=\"1.8\" stroke-linejoin=\"round\" d=\"M60 16l5-8 5 8 5-8 5 8 5-8 5 8\"/>",
    "<path fill=\"#c4553a\" d=\"M3 5h3v14H3zM9 5h3v14H9z\"/>",
);

/// The two lozenges and their heart, on a square of 32 units.
const MEETING: &str = concat!(
    "<path fill=\"#c4553a\" d=\"M2.5 16L12 6l9.5 10L12 26z\"/>",
    "<path fill=\"#d9a441\" d=\"M10.5 16L20 6l9.5 10L20 26z\"/>",
    "<path fill=\"#fbf7ef\" d=\"M10.5 16l5.5-5.8 5.5 5.8-5.5 5.8z\"/>",
);

/// One repeat of the band: a tile for a style sheet (`background-repeat: repeat-x`).
pub fn tile() -> String {
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{REPEAT}\" height=\"{TALL}\" \
         viewBox=\"0 0 {REPEAT} {TALL}\">{WEAVE}</svg>"
    )
}

/// The band over this many units (held between 1 and 10 000), for the covers of documents. Purely
/// decorative: hidden from readers. `id` is unique in the page; anything but letters, digits and
/// hyphens is dropped.
pub fn band(id: &str, width: u32) -> String {
    let id: String = id.chars().filter(|it| it.is_ascii_alphanumeric() || *it == '-').collect();
    let width = width.clamp(1, 10_000);
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{TALL}\" \
         viewBox=\"0 0 {width} {TALL}\" aria-hidden=\"true\"><pattern id=\"band-{id}\" \
         width=\"{REPEAT}\" height=\"{TALL}\" patternUnits=\"userSpaceOnUse\">{WEAVE}</pattern>\
         <path fill=\"url(#band-{id})\" d=\"M0 0h{width}v{TALL}H0z\"/></svg>"
    )
}

/// The mark on its indigo ground, legible from 16 units: logo and favicon. Decorative: the name
/// stands beside it in letters.
pub fn mark(size: u32) -> String {
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{size}\" height=\"{size}\" \
         viewBox=\"0 0 32 32\" aria-hidden=\"true\">\
         <rect width=\"32\" height=\"32\" rx=\"6\" fill=\"{INDIGO}\"/>{MEETING}</svg>"
    )
}

/// The mark in one colour, that of the text around it: stamps, black and white paper, high
/// contrast.
pub fn plain_mark(size: u32) -> String {
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{size}\" height=\"{size}\" \
         viewBox=\"0 0 32 32\" aria-hidden=\"true\" fill=\"currentColor\" fill-rule=\"evenodd\">\
         <path d=\"M2 16L12 5.5l4 4.2-6 6.3 6 6.3-4 4.2z\"/>\
         <path d=\"M16 9.7l4-4.2L30 16 20 26.5l-4-4.2 6-6.3zm1.7 0l4.5 4.7a2 2 0 0 1 0 3.2l-4.5 4.7 \
         2.3 2.4 8.3-8.7L20 7.3z\"/></svg>"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_is_a_few_hundred_bytes() {
        for (name, svg, most) in [
            ("tile", tile(), 900),
            ("band", band("en-tête", 700), 1100),
            ("mark", mark(32), 450),
            ("plain mark", plain_mark(32), 450),
        ] {
            assert!(svg.len() < most, "{name}: {} bytes", svg.len());
        }
        assert!(band("\"><b>", 0).contains("id=\"band-b\""));
    }
}
