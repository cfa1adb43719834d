//! Reading QR codes from a photo or a picture of a screen, within bounds.

use std::io::Cursor;
use std::panic::{AssertUnwindSafe, catch_unwind};

use zune_core::bytestream::ZCursor;
use zune_core::colorspace::ColorSpace;
use zune_core::options::DecoderOptions;
use zune_jpeg::JpegDecoder;

/// The longest side of a picture, in points.
const LONGEST: usize = 12_000;
/// The most points of a picture: twice those of a good telephone.
const MOST: usize = 50_000_000;
/// More points than this are averaged before anything is looked for.
const BROAD: usize = 16_000_000;
/// The most codes that are read on one picture.
const CODES: usize = 16;

/// No code could be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unread {
    /// Neither PNG nor JPEG, or damaged.
    #[error("not a PNG or JPEG picture")]
    NotAPicture,
    /// It has too many points.
    #[error("the picture has too many points")]
    TooLarge,
    /// There is no code on it that can be read.
    #[error("no code can be read on the picture")]
    NoCode,
}

/// A picture in shades of grey.
struct Grey {
    width: usize,
    height: usize,
    points: Vec<u8>,
}

/// The texts of the QR codes on a PNG or JPEG picture, in the order in which they are found.
///
/// # Errors
///
/// If it is no such picture, is too large, or if no code can be read on it.
pub fn read_qr(picture: &[u8]) -> Result<Vec<String>, Unread> {
    // The decoders are given what strangers send: whatever they stumble over is no picture.
    let read = || {
        let grey = if picture.starts_with(b"\x89PNG") { png(picture) } else { jpeg(picture) }?;
        let mut texts: Vec<String> = Vec::new();
        let first = if BROAD < grey.points.len() { 2 } else { 1 };
        for shrink in first..=4 {
            for text in codes(&grey, shrink) {
                if !texts.contains(&text) && texts.len() < CODES {
                    texts.push(text);
                }
            }
            if !texts.is_empty() {
                return Ok(texts);
            }
        }
        // A sharp picture whose modules are no whole number of points: black is black there.
        match plain_codes(&grey) {
            found if found.is_empty() => Err(Unread::NoCode),
            found => Ok(found),
        }
    };
    catch_unwind(AssertUnwindSafe(read)).unwrap_or(Err(Unread::NotAPicture))
}

/// Looks for codes on the picture made so many times smaller: a photo of paper reads better when
/// the grain of the camera is averaged away.
fn codes(grey: &Grey, shrink: usize) -> Vec<String> {
    let (width, height) = (grey.width / shrink, grey.height / shrink);
    if width == 0 || height == 0 {
        return Vec::new();
    }
    let point = |x: usize, y: usize| {
        let mut sum = 0_usize;
        for row in y * shrink..(y + 1) * shrink {
            let from = row * grey.width + x * shrink;
            sum +=
                grey.points[from..from + shrink].iter().map(|it| usize::from(*it)).sum::<usize>();
        }
        u8::try_from(sum / (shrink * shrink)).unwrap_or(u8::MAX)
    };
    let mut prepared = rqrr::PreparedImage::prepare_from_greyscale(width, height, point);
    let grids = prepared.detect_grids();
    grids.iter().filter_map(|it| it.decode().ok()).map(|it| it.1).collect()
}

/// Looks for codes on the picture in black and white, halfway between its darkest and its lightest,
/// as it is and twice as large.
fn plain_codes(grey: &Grey) -> Vec<String> {
    let (least, most) = (grey.points.iter().min(), grey.points.iter().max());
    let (Some(least), Some(most)) = (least, most) else { return Vec::new() };
    let middle = u8::midpoint(*least, *most);
    for enlarge in [1, 2, 3] {
        let (width, height) = (grey.width * enlarge, grey.height * enlarge);
        if BROAD < width * height {
            break;
        }
        let dark =
            |x: usize, y: usize| grey.points[y / enlarge * grey.width + x / enlarge] < middle;
        let mut prepared = rqrr::PreparedImage::prepare_from_bitmap(width, height, dark);
        let grids = prepared.detect_grids();
        let texts: Vec<String> =
            grids.iter().filter_map(|it| it.decode().ok()).map(|it| it.1).take(CODES).collect();
        if !texts.is_empty() {
            return texts;
        }
    }
    Vec::new()
}

fn fits(width: usize, height: usize) -> Result<(), Unread> {
    if width == 0 || height == 0 {
        return Err(Unread::NotAPicture);
    }
    let small = width <= LONGEST && height <= LONGEST && width * height <= MOST;
    if small { Ok(()) } else { Err(Unread::TooLarge) }
}

fn png(picture: &[u8]) -> Result<Grey, Unread> {
    let wrong = |_| Unread::NotAPicture;
    let mut decoder =
        png::Decoder::new_with_limits(Cursor::new(picture), png::Limits { bytes: 4 * MOST });
    decoder.set_transformations(png::Transformations::normalize_to_color8());
    let mut reader = decoder.read_info().map_err(wrong)?;
    let size = (reader.info().width, reader.info().height);
    let [width, height] = [size.0, size.1].map(|it| usize::try_from(it).unwrap_or(usize::MAX));
    fits(width, height)?;
    let room = reader.output_buffer_size().ok_or(Unread::TooLarge)?;
    let mut bytes = vec![0; room];
    let frame = reader.next_frame(&mut bytes).map_err(wrong)?;
    let step = match frame.color_type {
        png::ColorType::Grayscale => 1,
        png::ColorType::GrayscaleAlpha => 2,
        png::ColorType::Rgb => 3,
        png::ColorType::Rgba => 4,
        png::ColorType::Indexed => return Err(Unread::NotAPicture),
    };
    let points = bytes
        .chunks_exact(step)
        .take(width * height)
        .map(|it| {
            let (ink, alpha) = match step {
                1 => (u32::from(it[0]), 255),
                2 => (u32::from(it[0]), u32::from(it[1])),
                // The middle colour is nearest to how light a point looks.
                _ => {
                    let sum = u32::from(it[0]) + 2 * u32::from(it[1]) + u32::from(it[2]);
                    (sum / 4, it.get(3).map_or(255, |it| u32::from(*it)))
                }
            };
            // What is transparent shows the paper.
            u8::try_from((ink * alpha + 255 * (255 - alpha)) / 255).unwrap_or(u8::MAX)
        })
        .collect::<Vec<u8>>();
    whole(Grey { width, height, points })
}

fn jpeg(picture: &[u8]) -> Result<Grey, Unread> {
    let options = DecoderOptions::default()
        .set_max_width(LONGEST)
        .set_max_height(LONGEST)
        .jpeg_set_out_colorspace(ColorSpace::Luma);
    let mut decoder = JpegDecoder::new_with_options(ZCursor::new(picture), options);
    decoder.decode_headers().map_err(|_| Unread::NotAPicture)?;
    let (width, height) = decoder.dimensions().ok_or(Unread::NotAPicture)?;
    fits(width, height)?;
    let points = decoder.decode().map_err(|_| Unread::NotAPicture)?;
    whole(Grey { width, height, points })
}

fn whole(grey: Grey) -> Result<Grey, Unread> {
    let complete = grey.points.len() == grey.width * grey.height;
    if complete { Ok(grey) } else { Err(Unread::NotAPicture) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Resistance, qr};

    /// A code as a picture of so many points a module.
    fn drawn(text: &str, resistance: Resistance, scale: usize) -> Vec<u8> {
        let svg = qr(text.as_bytes(), resistance, "").unwrap();
        let side: usize =
            svg.split("viewBox=\"0 0 ").nth(1).unwrap().split(' ').next().unwrap().parse().unwrap();
        let mut dark = vec![false; side * side];
        for run in svg.rsplit("<path d=\"").next().unwrap().split('M').skip(1) {
            let numbers: Vec<usize> = run
                .split(|it: char| !it.is_ascii_digit())
                .filter(|it| !it.is_empty())
                .take(3)
                .map(|it| it.parse().unwrap())
                .collect();
            for x in numbers[0]..numbers[0] + numbers[2] {
                dark[numbers[1] * side + x] = true;
            }
        }
        let wide = side * scale;
        let point = |at: usize| {
            let (x, y) = (at % wide / scale, at / wide / scale);
            if dark[y * side + x] { 0_u8 } else { 255 }
        };
        let points: Vec<u8> = (0..wide * wide).map(point).collect();
        let mut bytes = Vec::new();
        let side = u32::try_from(wide).unwrap();
        let mut encoder = ::png::Encoder::new(&mut bytes, side, side);
        encoder.set_color(::png::ColorType::Grayscale);
        encoder.write_header().unwrap().write_image_data(&points).unwrap();
        bytes
    }

    #[test]
    fn a_code_that_was_drawn_is_read_whatever_its_size() {
        for length in [8, 120, 900, 1800, 2600, 3300] {
            let text =
                "BENKADI2:1/1:K7QF2MNA:ABCDEFGH".chars().cycle().take(length).collect::<String>();
            for scale in [3, 5] {
                let picture = drawn(&text, Resistance::Medium, scale);
                assert_eq!(read_qr(&picture), Ok(vec![text.clone()]), "{length} letters, {scale}");
            }
        }
    }

    #[test]
    fn a_code_whose_modules_are_no_whole_points_is_read() {
        for seed in 0..24_usize {
            let letters = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789".as_bytes();
            let text: String =
                (0..600).map(|at| char::from(letters[(at * at + seed * 7 + at) % 32])).collect();
            // Drawn large, then averaged down to some 5.7 points a module, as a printer's driver does.
            let large = png(&drawn(&text, Resistance::Medium, 23)).unwrap();
            let (wide, side) = (large.width / 4, large.width);
            let mut points = Vec::new();
            for y in 0..wide {
                for x in 0..wide {
                    let sum: usize = (0..16)
                        .map(|at| {
                            usize::from(large.points[(4 * y + at / 4) * side + 4 * x + at % 4])
                        })
                        .sum();
                    points.push(u8::try_from(sum / 16).unwrap());
                }
            }
            let mut bytes = Vec::new();
            let size = u32::try_from(wide).unwrap();
            let mut encoder = ::png::Encoder::new(&mut bytes, size, size);
            encoder.set_color(::png::ColorType::Grayscale);
            encoder.write_header().unwrap().write_image_data(&points).unwrap();
            assert_eq!(read_qr(&bytes), Ok(vec![text]), "{seed}");
        }
    }

    #[test]
    fn what_is_no_picture_of_a_code_is_refused() {
        let picture = drawn("BENKADI", Resistance::Medium, 4);
        for (bytes, expected) in [
            (&b""[..], Unread::NotAPicture),
            (&b"\x89PNG\r\n\x1a\n"[..], Unread::NotAPicture),
            (&picture[..picture.len() / 2], Unread::NotAPicture),
            (&b"\xff\xd8\xff\xe0 not a photo"[..], Unread::NotAPicture),
        ] {
            assert_eq!(read_qr(bytes), Err(expected));
        }
        let mut white = Vec::new();
        let mut encoder = ::png::Encoder::new(&mut white, 64, 64);
        encoder.set_color(::png::ColorType::Grayscale);
        encoder.write_header().unwrap().write_image_data(&[255; 64 * 64]).unwrap();
        assert_eq!(read_qr(&white), Err(Unread::NoCode));
        // A head that promises a picture of two thousand million points.
        let mut huge = white.clone();
        huge[16..24].copy_from_slice(&[0, 0, 0xb0, 0, 0, 0, 0xb0, 0]);
        assert!(matches!(read_qr(&huge), Err(Unread::NotAPicture | Unread::TooLarge)));
    }
}
