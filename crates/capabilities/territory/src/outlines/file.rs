//! Files of boundaries: GeoJSON, or a Shapefile in a zip. What they hold is read, nothing more.

use std::io::{Cursor, Read};

use graphics::{ImportError, Object, Outlines};
use shapefile::dbase::{self, FieldValue};
use shapefile::{PolygonRing, Shape, ShapeReader};
use zip::ZipArchive;

use super::OutlinesRefused;

const MIB: u64 = 1024 * 1024;
/// The parts of a Shapefile and how large each may be once unpacked, in MiB: a zip of a few
/// kilobytes can unfold to gigabytes.
const SHAPES: (&str, u64) = (".shp", 64);
const TABLE: (&str, u64) = (".dbf", 16);
const PROJECTION: (&str, u64) = (".prj", 1);
/// The length of the header of a `.shp` file, and of that of each of its records.
const HEADER: usize = 100;
const RECORD_HEADER: usize = 8;

/// Reads a file of boundaries. Its first bytes tell what it is, not its name.
pub(super) fn read(bytes: &[u8]) -> Result<Outlines, OutlinesRefused> {
    if bytes.starts_with(b"PK") {
        return Ok(Outlines::from_objects(&zipped(bytes)?)?);
    }
    let is_space = |it: &&u8| it.is_ascii_whitespace() || [0xef, 0xbb, 0xbf].contains(*it);
    if bytes.iter().find(|it| !is_space(it)) != Some(&b'{') {
        return Err(OutlinesRefused::OtherKind);
    }
    let text = std::str::from_utf8(bytes).map_err(|_| OutlinesRefused::OtherKind)?;
    Ok(Outlines::from_geojson(text)?)
}

fn unpackable(error: &impl std::fmt::Display) -> OutlinesRefused {
    OutlinesRefused::Zip { detail: error.to_string().chars().take(200).collect() }
}

/// The objects of the one Shapefile of a zip.
fn zipped(bytes: &[u8]) -> Result<Vec<Object>, OutlinesRefused> {
    let mut zip = ZipArchive::new(Cursor::new(bytes)).map_err(|it| unpackable(&it))?;
    // A name in an unknown code page is not one of ours; some systems add a shadow of each file
    // under a folder of their own.
    let names: Vec<(usize, String)> = zip
        .file_names()
        .enumerate()
        .filter_map(|(at, name)| Some((at, name.ok()?.into_owned())))
        .filter(|it| !it.1.starts_with("__MACOSX"))
        .collect();
    let mut found: Vec<&(usize, String)> =
        names.iter().filter(|it| it.1.to_ascii_lowercase().ends_with(SHAPES.0)).collect();
    found.sort_unstable_by_key(|it| &it.1);
    let [(shapes, name)] = found.as_slice() else {
        return Err(match found.len() {
            0 => OutlinesRefused::Missing { part: SHAPES.0 },
            _ => {
                let names: Vec<&str> = found.iter().take(8).map(|it| it.1.as_str()).collect();
                OutlinesRefused::Several { names: names.join(", ").chars().take(300).collect() }
            }
        });
    };
    let stem = &name[..name.len() - SHAPES.0.len()];
    let beside = |end: &str| {
        let name = format!("{stem}{end}");
        names.iter().find(|it| it.1.eq_ignore_ascii_case(&name)).map(|it| it.0)
    };
    if let Some(at) = beside(PROJECTION.0) {
        let projection = part(&mut zip, at, PROJECTION)?;
        must_be_degrees(&String::from_utf8_lossy(&projection))?;
    }
    let table = beside(TABLE.0).ok_or(OutlinesRefused::Missing { part: TABLE.0 })?;
    let table = part(&mut zip, table, TABLE)?;
    let shapes = part(&mut zip, *shapes, SHAPES)?;
    objects(&shapes, &table)
}

/// A part, unpacked, as far as its limit goes.
fn part(
    zip: &mut ZipArchive<Cursor<&[u8]>>,
    at: usize,
    (part, limit): (&'static str, u64),
) -> Result<Vec<u8>, OutlinesRefused> {
    let file = zip.by_index(at).map_err(|it| unpackable(&it))?;
    let mut bytes = Vec::new();
    file.take(limit * MIB + 1).read_to_end(&mut bytes).map_err(|it| unpackable(&it))?;
    if limit * MIB < u64::try_from(bytes.len()).unwrap_or(u64::MAX) {
        return Err(OutlinesRefused::PartTooLarge { part, limit });
    }
    Ok(bytes)
}

/// A `.prj` must say longitudes and latitudes of WGS 84.
fn must_be_degrees(text: &str) -> Result<(), OutlinesRefused> {
    let text = text.trim().trim_start_matches('\u{feff}');
    let clean: String = text
        .chars()
        .filter(|it| it.is_ascii_alphanumeric())
        .map(|it| it.to_ascii_uppercase())
        .collect();
    let geographic = clean.starts_with("GEOGCS") || clean.starts_with("GEOGCRS");
    let wgs = ["WGS1984", "WGS84", "WORLDGEODETICSYSTEM1984"].iter().any(|it| clean.contains(it));
    if geographic && wgs {
        return Ok(());
    }
    let name = text.split('"').nth(1).unwrap_or(text).chars().take(80).collect();
    Err(ImportError::OtherProjection { name }.into())
}

/// Each geometry with its line of the table.
fn objects(shapes: &[u8], table: &[u8]) -> Result<Vec<Object>, OutlinesRefused> {
    records_hold(shapes)?;
    let unreadable = |part: &'static str| OutlinesRefused::Part { part };
    let mut shapes = ShapeReader::new(Cursor::new(shapes)).map_err(|_| unreadable(SHAPES.0))?;
    // The codes are plain letters and digits: names in old code pages need not be understood.
    let mut table = dbase::ReaderBuilder::new()
        .with_encoding(dbase::encoding::UnicodeLossy)
        .build(Cursor::new(table))
        .map_err(|_| unreadable(TABLE.0))?;
    let mut lines = table.iter_records();
    let mut out = Vec::new();
    for (shape, object) in shapes.iter_shapes().zip(1..) {
        if graphics::geojson::MOST_OBJECTS < object {
            return Err(ImportError::TooMany { limit: graphics::geojson::MOST_OBJECTS }.into());
        }
        let rings = rings_of(&shape.map_err(|_| OutlinesRefused::Geometry { object })?);
        let line = lines.next().ok_or(OutlinesRefused::Counts)?;
        let line = line.map_err(|_| OutlinesRefused::Line { object })?;
        let mut properties: Vec<(String, String)> =
            line.into_iter().map(|(name, value)| (name, text_of(value))).collect();
        properties.sort_unstable();
        out.push(Object { properties, rings });
    }
    match lines.next() {
        None => Ok(out),
        Some(_) => Err(OutlinesRefused::Counts),
    }
}

/// Whether each record holds what it promises: a damaged count must not ask for gigabytes.
fn records_hold(bytes: &[u8]) -> Result<(), OutlinesRefused> {
    let number = |at: usize, big: bool| -> Option<usize> {
        let four: [u8; 4] = bytes.get(at..at.checked_add(4)?)?.try_into().ok()?;
        let number = if big { i32::from_be_bytes(four) } else { i32::from_le_bytes(four) };
        usize::try_from(number).ok()
    };
    if bytes.len() < HEADER {
        return Err(OutlinesRefused::Part { part: SHAPES.0 });
    }
    let (mut at, mut object) = (HEADER, 0);
    while at < bytes.len() {
        object += 1;
        let holds = || -> Option<usize> {
            let length = number(at + 4, true)?.checked_mul(2)?;
            let start = at + RECORD_HEADER;
            let end = start.checked_add(length).filter(|it| *it <= bytes.len())?;
            if [5, 15, 25].contains(&number(start, false)?) {
                let parts = number(start + 36, false)?.checked_mul(4)?;
                let points = number(start + 40, false)?.checked_mul(16)?;
                let needed = parts.checked_add(points)?.checked_add(44)?;
                (needed <= length).then_some(())?;
            }
            Some(end)
        };
        at = holds().ok_or(OutlinesRefused::Geometry { object })?;
    }
    Ok(())
}

/// The rings of a surface; none for anything else.
fn rings_of(shape: &Shape) -> Vec<Vec<(f64, f64)>> {
    fn all<P>(rings: &[PolygonRing<P>], place: impl Fn(&P) -> (f64, f64)) -> Vec<Vec<(f64, f64)>> {
        rings.iter().map(|it| it.points().iter().map(&place).collect()).collect()
    }
    match shape {
        Shape::Polygon(it) => all(it.rings(), |it| (it.x, it.y)),
        Shape::PolygonM(it) => all(it.rings(), |it| (it.x, it.y)),
        Shape::PolygonZ(it) => all(it.rings(), |it| (it.x, it.y)),
        _ => Vec::new(),
    }
}

/// A value that may be a code, as text; anything else is no code.
fn text_of(value: FieldValue) -> String {
    match value {
        FieldValue::Character(Some(it)) => it,
        FieldValue::Numeric(Some(it)) if it.fract() == 0.0 => format!("{it:.0}"),
        FieldValue::Integer(it) => it.to_string(),
        _ => String::new(),
    }
}
