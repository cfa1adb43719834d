//! The shapes of places, by code. Those shipped are approximate; official ones can replace them.

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use kernel::Decimal;
use serde::Deserialize;

use crate::geojson::{self, ImportError, Object};

/// A place on Earth (WGS 84) in hundred-thousandths of a degree, about a metre.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Point {
    pub(crate) lon: i32,
    pub(crate) lat: i32,
}

/// Hundred-thousandths of a degree.
pub(crate) const STEPS: i32 = 100_000;

impl Point {
    /// The point of these degrees, or `None` if there is no such place.
    pub fn new(latitude: Decimal, longitude: Decimal) -> Option<Self> {
        let steps = |value: Decimal, limit: i32| -> Option<i32> {
            let steps = value.checked_mul(Decimal::from(STEPS))?.round();
            i32::try_from(steps).ok().filter(|it| it.abs() <= limit * STEPS)
        };
        Some(Self { lat: steps(latitude, 90)?, lon: steps(longitude, 180)? })
    }

    pub(crate) fn of_degrees(lon: f64, lat: f64) -> Option<Self> {
        let known = lon.is_finite() && lat.is_finite() && lon.abs() <= 180.0 && lat.abs() <= 90.0;
        let steps = |it: f64| (it * f64::from(STEPS)).round() as i32;
        known.then(|| Self { lon: steps(lon), lat: steps(lat) })
    }
}

/// The shape of one place: rings, outer and inner alike (even-odd filling).
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Shape {
    pub(crate) rings: Vec<Vec<Point>>,
    pub(crate) approximate: bool,
    /// Who drew it, to be said under the maps that show it.
    pub(crate) credit: Option<Arc<str>>,
}

/// The middle of the box around a shape.
fn middle(shape: &Shape) -> Option<Point> {
    let points = || shape.rings.iter().flatten();
    let lon = points().map(|it| it.lon).min().zip(points().map(|it| it.lon).max())?;
    let lat = points().map(|it| it.lat).min().zip(points().map(|it| it.lat).max())?;
    let half = |(least, most): (i32, i32)| least + (most - least) / 2;
    Some(Point { lon: half(lon), lat: half(lat) })
}

/// A level of the tree that the shipped outlines draw.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Layer {
    /// The country, `ML`.
    Country,
    /// Regions and the District of Bamako.
    Region,
    /// Cercles and the District of Bamako.
    Cercle,
    /// Communes; the six of Bamako are one shape, the District's.
    Commune,
}

/// Shapes by code, and the rivers by which people recognise the country.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Outlines {
    pub(crate) shapes: BTreeMap<String, Shape>,
    layers: BTreeMap<Layer, Vec<String>>,
    pub(crate) rivers: Vec<(String, Vec<Point>)>,
    without_point: Vec<String>,
}

/// The file of `reference/geo/`, in its own tiny format (see its README).
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct File {
    origin: [f64; 2],
    step: [f64; 2],
    arcs: Vec<Vec<i32>>,
    layers: BTreeMap<Layer, BTreeMap<String, Vec<Vec<i32>>>>,
    rivers: Vec<FileRiver>,
    without_point: Vec<String>,
}

#[derive(Deserialize)]
struct FileRiver {
    name: String,
    line: Vec<i32>,
}

const SHIPPED: &str = include_str!("../../../../reference/geo/outlines.json");

impl Outlines {
    /// The approximate outlines that we ship: division of Mali before 2023. Read once.
    pub fn shipped() -> &'static Self {
        static SHIPPED_OUTLINES: OnceLock<Outlines> = OnceLock::new();
        SHIPPED_OUTLINES.get_or_init(|| {
            Self::read(SHIPPED).expect("the file is part of the program and read by its tests")
        })
    }

    /// Reads official boundaries: a GeoJSON collection of polygons in WGS 84, each with its code in
    /// a property `code` or `adm3_pcode`, `adm2_pcode`… The shapes are not marked approximate.
    /// There are no rivers in it: lay it over the shipped ones with [`Outlines::overlaid`].
    ///
    /// # Errors
    ///
    /// If the text is too large, is not such a collection, or an object has no code, a code twice,
    /// another geometry, or coordinates that are not degrees. The error names the object.
    pub fn from_geojson(text: &str) -> Result<Self, ImportError> {
        let shapes = geojson::read(text)?;
        Ok(Self { shapes, ..Self::default() })
    }

    /// As [`Outlines::from_geojson`], from objects that another kind of file holds.
    ///
    /// # Errors
    ///
    /// As [`Outlines::from_geojson`].
    pub fn from_objects(objects: &[Object]) -> Result<Self, ImportError> {
        Ok(Self { shapes: geojson::gather(objects)?, ..Self::default() })
    }

    /// These shapes under the codes that `code` gives; those for which it gives none are left
    /// out, and so is a second one of the same code.
    #[must_use]
    pub fn recoded(&self, code: impl Fn(&str) -> Option<String>) -> Self {
        let mut out = Self::default();
        for (old, shape) in &self.shapes {
            if let Some(new) = code(old) {
                out.shapes.entry(new).or_insert_with(|| shape.clone());
            }
        }
        out
    }

    /// These shapes with the words that name who drew them, which maps give back in
    /// [`crate::Map::credits`].
    #[must_use]
    pub fn credited(mut self, words: &str) -> Self {
        let words: Arc<str> = words.into();
        for shape in self.shapes.values_mut() {
            shape.credit = Some(Arc::clone(&words));
        }
        self
    }

    /// These outlines, with the shapes of `official` instead of those of the same codes.
    #[must_use]
    pub fn overlaid(&self, official: &Self) -> Self {
        let mut whole = self.clone();
        let news = official.shapes.iter().map(|(code, it)| (code.clone(), it.clone()));
        whole.shapes.extend(news);
        whole
    }

    /// The codes of a shipped layer, in order.
    pub fn codes(&self, layer: Layer) -> &[String] {
        self.layers.get(&layer).map_or(&[], Vec::as_slice)
    }

    /// All codes that have a shape, in order.
    pub fn all_codes(&self) -> impl Iterator<Item = &str> {
        self.shapes.keys().map(String::as_str)
    }

    /// Whether this code has a shape.
    pub fn has(&self, code: &str) -> bool {
        self.shapes.contains_key(code)
    }

    /// Whether these shapes lie where `known` draws the same places, once the two numbers of each
    /// position change places: a file that gives the latitude first.
    pub fn is_crossed(&self, known: &Self) -> bool {
        let (mut crossed, mut right) = (0, 0);
        for (code, shape) in &self.shapes {
            let Some(known) = known.shapes.get(code).and_then(middle) else { continue };
            let Some(own) = middle(shape) else { continue };
            let apart = |it: Point| {
                i64::from(it.lon - known.lon).abs().max(i64::from(it.lat - known.lat).abs())
            };
            let turned = Point { lon: own.lat, lat: own.lon };
            match apart(turned) < apart(own) {
                true => crossed += 1,
                false => right += 1,
            }
        }
        right < crossed
    }

    /// The communes that have no shape of their own because no point of theirs is known.
    pub fn without_point(&self) -> &[String] {
        &self.without_point
    }

    fn read(text: &str) -> Result<Self, serde_json::Error> {
        let file: File = serde_json::from_str(text)?;
        let arcs: Vec<Vec<Point>> =
            file.arcs.iter().map(|arc| unpack(arc, file.origin, file.step)).collect();
        let mut out = Self { without_point: file.without_point, ..Self::default() };
        for (layer, places) in file.layers {
            for (code, rings) in places {
                let rings = rings.iter().map(|it| joined(it, &arcs)).collect();
                out.layers.entry(layer).or_default().push(code.clone());
                out.shapes.insert(code, Shape { rings, approximate: true, credit: None });
            }
        }
        out.rivers = file.rivers.into_iter().map(|it| (it.name, joined(&it.line, &arcs))).collect();
        Ok(out)
    }
}

/// The points of an arc written as differences.
fn unpack(arc: &[i32], origin: [f64; 2], step: [f64; 2]) -> Vec<Point> {
    let (mut x, mut y) = (0, 0);
    arc.chunks_exact(2)
        .filter_map(|it| {
            x += it[0];
            y += it[1];
            Point::of_degrees(
                origin[0] + f64::from(x) * step[0],
                origin[1] + f64::from(y) * step[1],
            )
        })
        .collect()
}

/// The arcs laid end to end; `!n` is arc `n` backwards. The point where two arcs meet is kept once.
fn joined(refs: &[i32], arcs: &[Vec<Point>]) -> Vec<Point> {
    let mut out: Vec<Point> = Vec::new();
    for it in refs {
        let at = usize::try_from(if *it < 0 { !*it } else { *it }).unwrap_or_default();
        let Some(arc) = arcs.get(at) else { continue };
        let skip = usize::from(!out.is_empty());
        if *it < 0 {
            out.extend(arc.iter().rev().skip(skip));
        } else {
            out.extend(arc.iter().skip(skip));
        }
    }
    out
}
