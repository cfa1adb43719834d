//! A drawing as a picture of points, for the formats that hold no drawing that every reader opens.

use std::sync::{Arc, OnceLock};

use resvg::{tiny_skia, usvg};

use crate::WriteError;
use crate::engine::FAMILY;
use crate::glyphs::printable_svg;

/// The most points of a side: an A4 page at some 300 points to the inch.
const MOST: f32 = 3_600.0;

/// The drawing as PNG, so many points wide, with the fonts of documents. The same drawing gives
/// the same bytes.
///
/// # Errors
///
/// If the drawing is not SVG, or has no size.
pub fn picture(svg: &str, width: u32) -> Result<Vec<u8>, WriteError> {
    let told = |it: &dyn std::fmt::Display| WriteError::Layout(format!("SVG: {it}"));
    let options = usvg::Options {
        font_family: FAMILY.to_owned(),
        fontdb: fonts(),
        // A drawing reads nothing outside itself.
        image_href_resolver: usvg::ImageHrefResolver {
            resolve_data: Box::new(|_, _, _| None),
            resolve_string: Box::new(|_, _| None),
        },
        ..usvg::Options::default()
    };
    let tree = usvg::Tree::from_str(&printable_svg(svg), &options).map_err(|it| told(&it))?;
    let size = tree.size();
    let scale = (width as f32 / size.width()).min(MOST / size.height()).min(MOST / size.width());
    let side = |it: f32| (it * scale).ceil().clamp(1.0, MOST) as u32;
    let mut points = tiny_skia::Pixmap::new(side(size.width()), side(size.height()))
        .ok_or_else(|| told(&"no size"))?;
    points.fill(tiny_skia::Color::WHITE);
    resvg::render(&tree, tiny_skia::Transform::from_scale(scale, scale), &mut points.as_mut());
    points.encode_png().map_err(|it| told(&it))
}

/// The fonts of documents, which the system's never replace.
fn fonts() -> Arc<usvg::fontdb::Database> {
    static FONTS: OnceLock<Arc<usvg::fontdb::Database>> = OnceLock::new();
    let read = || {
        let mut fonts = usvg::fontdb::Database::new();
        for it in typst_assets::fonts() {
            fonts.load_font_data(it.to_vec());
        }
        fonts.set_serif_family(FAMILY);
        fonts.set_sans_serif_family(FAMILY);
        Arc::new(fonts)
    };
    Arc::clone(FONTS.get_or_init(read))
}
