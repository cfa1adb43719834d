//! A text as a QR code, for paper and screens: black on white, with its quiet zone.

use std::fmt::Write;

use qrcode::types::Color;
use qrcode::{EcLevel, QrCode};

/// The light margin that readers need, in modules (ISO/IEC 18004 asks for four).
const QUIET: usize = 4;

/// How much of a code may be lost before it cannot be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Resistance {
    /// About 7 %: for a screen, where much must fit.
    Low,
    /// About 15 % (level M): for paper that is folded and photocopied.
    Medium,
}

/// The most bytes that one code holds with [`Resistance::Low`] (version 40-L).
pub const MOST_BYTES: usize = 2953;

/// The drawing of a QR code that holds these bytes; `alternative` is read to those who cannot see
/// it. `None` if it does not fit.
pub fn qr(content: &[u8], resistance: Resistance, alternative: &str) -> Option<String> {
    let level = match resistance {
        Resistance::Low => EcLevel::L,
        Resistance::Medium => EcLevel::M,
    };
    let code = QrCode::with_error_correction_level(content, level).ok()?;
    let width = code.width();
    let side = width + 2 * QUIET;
    let mut path = String::new();
    for (row, colors) in code.to_colors().chunks(width).enumerate() {
        let mut at = 0;
        while at < width {
            let run = colors[at..].iter().take_while(|it| **it == Color::Dark).count();
            if 0 < run {
                let (x, y) = (at + QUIET, row + QUIET);
                let _ = write!(path, "M{x} {y}h{run}v1h-{run}z");
            }
            at += run.max(1);
        }
    }
    let mut title = String::new();
    crate::svg::escape(alternative, &mut title);
    Some(format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {side} {side}\" role=\"img\" \
         shape-rendering=\"crispEdges\"><title>{title}</title>\
         <path d=\"M0 0h{side}v{side}h-{side}z\" fill=\"#fff\"/><path d=\"{path}\" fill=\"#000\"/></svg>"
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_short_text_is_a_small_square_and_too_much_is_none() {
        let drawn = qr(b"BENKADI:K7QF2MNA", Resistance::Medium, "code < 8").unwrap();
        // Version 1 has 21 modules, and four of margin on each side.
        assert!(drawn.contains("viewBox=\"0 0 29 29\"") && drawn.contains("code &lt; 8"));
        assert!(qr(&[7; MOST_BYTES], Resistance::Low, "").is_some());
        assert!(qr(&[7; MOST_BYTES + 1], Resistance::Low, "").is_none());
    }
}
