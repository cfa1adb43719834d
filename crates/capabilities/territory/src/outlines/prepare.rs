//! What loading a file of boundaries would change, before anything is written.

use std::collections::{BTreeMap, BTreeSet};

use db::{DbError, Tx};
use graphics::Outlines;
use kernel::{Date, Stop};

use super::{OutlinesRefused, file};
use crate::{Level, Place};

/// The largest file: 64 MiB.
pub(crate) const LARGEST: usize = graphics::geojson::LARGEST;
/// The last day of the map before the reform.
const BEFORE_REFORM: (i16, i8, i8) = (2023, 3, 12);
/// The codes that a refusal names.
const NAMED: usize = 12;

/// A file of boundaries, read, simplified and matched with the units.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Prepared {
    /// The name of the file.
    pub file: String,
    /// BLAKE3 of its bytes, in hexadecimal.
    pub hash: String,
    /// How many outlines the file holds.
    pub read: usize,
    /// How many of them are those of units, by level.
    pub matched: BTreeMap<Level, usize>,
    /// The codes that are those of no unit, in order: their outlines will not be used.
    pub unmatched: Vec<String>,
    /// The units of the same levels that the file does not draw, by code.
    pub uncovered: Vec<Place>,
    /// The day on whose map the file was matched: today, or the eve of the reform of 2023.
    pub day: Date,
    pub(crate) countries: BTreeSet<String>,
    pub(crate) text: String,
}

impl Prepared {
    /// How many outlines are those of units.
    pub fn count(&self) -> usize {
        self.matched.values().sum()
    }

    /// The size of what would be written, in bytes.
    pub fn size(&self) -> usize {
        self.text.len()
    }

    /// The outlines as they would be drawn.
    pub(crate) fn outlines(&self) -> Result<Outlines, graphics::Unreadable> {
        Outlines::from_compact(&self.text)
    }
}

/// Reads a file of boundaries (GeoJSON, or a Shapefile in a zip) and matches it with the units.
/// Writes nothing.
///
/// # Errors
///
/// The rule that the file breaks, or a failure of the store.
pub fn prepare_outlines(
    tx: &mut Tx<'_>,
    today: Date,
    file: &str,
    bytes: &[u8],
) -> Result<Prepared, Stop<OutlinesRefused>> {
    if bytes.is_empty() {
        return Err(Stop::Refused(OutlinesRefused::NoFile));
    }
    if LARGEST < bytes.len() {
        return Err(Stop::Refused(OutlinesRefused::TooLarge));
    }
    let read = file::read(bytes).map_err(Stop::Refused)?;
    let codes: Vec<String> = read.all_codes().map(str::to_owned).collect();
    let found = units(tx, &codes).map_err(kernel::Failure::from)?;
    if found.is_empty() {
        let codes = codes.iter().take(NAMED).map(String::as_str).collect::<Vec<_>>().join(", ");
        return Err(Stop::Refused(OutlinesRefused::NoMatch { codes }));
    }
    let official = read.recoded(|it| found.get(it).map(|it| it.code.clone()));
    if official.is_crossed(Outlines::shipped()) {
        return Err(Stop::Refused(OutlinesRefused::Crossed));
    }
    let text = official.to_compact();
    if graphics::compact::LONGEST < text.len() {
        let limit = graphics::geojson::MOST_POINTS;
        return Err(Stop::Refused(graphics::ImportError::TooMany { limit }.into()));
    }
    let mut matched: BTreeMap<Level, usize> = BTreeMap::new();
    for it in found.values() {
        *matched.entry(it.level).or_default() += 1;
    }
    let countries: BTreeSet<String> = found.values().map(|it| it.country.clone()).collect();
    let (day, uncovered) =
        uncovered(tx, today, &countries, &matched, &official).map_err(kernel::Failure::from)?;
    Ok(Prepared {
        file: file.chars().filter(|it| !it.is_control()).take(120).collect(),
        hash: blake3::hash(bytes).to_hex().to_string(),
        read: codes.len(),
        matched,
        unmatched: codes.into_iter().filter(|it| !found.contains_key(it)).collect(),
        uncovered,
        day,
        countries,
        text,
    })
}

/// A unit that a code of the file means.
struct Found {
    code: String,
    level: Level,
    country: String,
}

/// The units that these codes mean: their own code or, for the map of 2023, their official one.
fn units(tx: &mut Tx<'_>, codes: &[String]) -> Result<BTreeMap<String, Found>, DbError> {
    let mut out: BTreeMap<String, Found> = BTreeMap::new();
    let mut taken: BTreeSet<String> = BTreeSet::new();
    for code in codes {
        let mut unit = crate::unit(tx, code)?;
        if unit.is_none()
            && let Some(own) = crate::code_of_official(tx, code)?
        {
            unit = crate::unit(tx, &own)?;
        }
        if let Some(unit) = unit.filter(|it| it.level != Level::Inconnu)
            && taken.insert(unit.code.clone())
        {
            let found = Found { code: unit.code, level: unit.level, country: unit.country };
            out.insert(code.clone(), found);
        }
    }
    // Humanitarian files write the District of Bamako as a cercle of its own, `ML0901`.
    for code in codes.iter().filter(|it| it.is_ascii() && it.ends_with("01")) {
        let above = &code[..code.len() - 2];
        if !out.contains_key(code)
            && !taken.contains(above)
            && let Some(unit) = crate::unit(tx, above)?.filter(|it| it.level == Level::District)
        {
            taken.insert(unit.code.clone());
            let found = Found { code: unit.code, level: unit.level, country: unit.country };
            out.insert(code.clone(), found);
        }
    }
    Ok(out)
}

/// The units of the levels of the file that it does not draw, on the map that it draws best.
fn uncovered(
    tx: &mut Tx<'_>,
    today: Date,
    countries: &BTreeSet<String>,
    levels: &BTreeMap<Level, usize>,
    official: &Outlines,
) -> Result<(Date, Vec<Place>), DbError> {
    let (year, month, day) = BEFORE_REFORM;
    let mut best: Option<(usize, Date, Vec<Place>)> = None;
    for day in std::iter::once(today).chain(Date::new(year, month, day)) {
        let mut units = Vec::new();
        for country in countries {
            units.extend(crate::read::units_of_country(tx, country, day)?);
        }
        // A unit of before that only holds what the reform has not placed is not of this map.
        units.retain(|it| !it.is_of_unknown_place() && levels.contains_key(&it.level));
        let drawn = units.iter().filter(|it| official.has(&it.code) && !it.unknown_parent).count();
        if best.as_ref().is_none_or(|it| it.0 < drawn) {
            units.retain(|it| !official.has(&it.code));
            best = Some((drawn, day, units));
        }
    }
    Ok(best.map_or((today, Vec::new()), |it| (it.1, it.2)))
}
