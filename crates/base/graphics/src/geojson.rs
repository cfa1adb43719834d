//! Official boundaries, as the humanitarian and statistical offices publish them: GeoJSON, WGS 84,
//! one object a place, its code in a property.

use std::collections::BTreeMap;
use std::fmt;

use kernel::{Message, Reject};
use serde::Deserialize;

use crate::outlines::{Point, Shape};

/// An object of a file of boundaries: its properties, and its rings in degrees.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Object {
    /// Names and values of its properties, in the order of the file.
    pub properties: Vec<(String, String)>,
    /// Its rings, outer and inner alike, each a list of longitudes and latitudes. None at all if
    /// the object is not a surface.
    pub rings: Vec<Vec<(f64, f64)>>,
}

/// The largest text that is read: 64 MiB. The communes of Mali in full detail take about 20.
pub const LARGEST: usize = 64 * 1024 * 1024;
/// More objects than this are not the local governments of a country.
pub const MOST_OBJECTS: usize = 20_000;
/// More points than this would not be drawn in two seconds on an old computer.
pub const MOST_POINTS: usize = 3_000_000;

/// The names under which the code is looked for, without regard to capitals, the finest first.
const CODE_NAMES: [&str; 13] = [
    "code",
    "pcode",
    "p_code",
    "adm4_pcode",
    "adm3_pcode",
    "admin3pcod",
    "adm2_pcode",
    "admin2pcod",
    "adm1_pcode",
    "admin1pcod",
    "adm0_pcode",
    "admin0pcod",
    "code_cod",
];

/// Why a file of boundaries was refused. Objects are counted from 1, in the order of the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ImportError {
    /// The text is larger than [`LARGEST`] bytes.
    TooLarge {
        /// Its size.
        bytes: usize,
    },
    /// The text is not JSON, or not of the shape of GeoJSON.
    NotGeoJson {
        /// Line of the text, from 1.
        line: usize,
        /// Column of the text, from 1.
        column: usize,
        /// What the reader met, in English, for the operator.
        detail: String,
    },
    /// Valid, but not a `FeatureCollection` with at least one object.
    NoObjects,
    /// More than [`MOST_OBJECTS`] objects or [`MOST_POINTS`] points.
    TooMany {
        /// The limit that was passed.
        limit: usize,
    },
    /// The file says that its coordinates are not WGS 84 degrees.
    OtherProjection {
        /// The name of its reference system.
        name: String,
    },
    /// None of the known properties holds a code.
    NoCode {
        /// The object.
        object: usize,
        /// The properties that it has.
        found: String,
    },
    /// Two objects have the same code.
    Twice {
        /// The second object.
        object: usize,
        /// Their code.
        code: String,
    },
    /// The geometry is missing or is not a polygon.
    NotPolygon {
        /// The object.
        object: usize,
        /// Its code.
        code: String,
    },
    /// A ring has fewer than three corners.
    ShortRing {
        /// The object.
        object: usize,
        /// Its code.
        code: String,
    },
    /// A position is not a longitude and a latitude in degrees.
    NotDegrees {
        /// The object.
        object: usize,
        /// Its code.
        code: String,
        /// The position as read.
        position: String,
    },
}

impl fmt::Display for ImportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let message = self.message();
        write!(f, "{}", message.key)?;
        for (name, value) in &message.arguments {
            write!(f, ", {name}: {value}")?;
        }
        Ok(())
    }
}

impl std::error::Error for ImportError {}

impl Reject for ImportError {
    fn message(&self) -> Message {
        match self {
            Self::TooLarge { bytes } => Message::new("boundaries-too-large")
                .with("size", bytes.div_ceil(1024 * 1024))
                .with("limit", LARGEST / (1024 * 1024)),
            Self::NotGeoJson { line, column, detail } => Message::new("boundaries-not-geojson")
                .with("line", line)
                .with("column", column)
                .with("detail", detail),
            Self::NoObjects => Message::new("boundaries-no-objects"),
            Self::TooMany { limit } => Message::new("boundaries-too-many").with("limit", limit),
            Self::OtherProjection { name } => {
                Message::new("boundaries-other-projection").with("name", name)
            }
            Self::NoCode { object, found } => {
                Message::new("boundaries-no-code").with("object", object).with("found", found)
            }
            Self::Twice { object, code } => {
                Message::new("boundaries-twice").with("object", object).with("code", code)
            }
            Self::NotPolygon { object, code } => {
                Message::new("boundaries-not-polygon").with("object", object).with("code", code)
            }
            Self::ShortRing { object, code } => {
                Message::new("boundaries-short-ring").with("object", object).with("code", code)
            }
            Self::NotDegrees { object, code, position } => Message::new("boundaries-not-degrees")
                .with("object", object)
                .with("code", code)
                .with("position", position),
        }
    }
}

#[derive(Deserialize)]
struct Collection {
    #[serde(rename = "type")]
    kind: String,
    #[serde(default)]
    features: Vec<Feature>,
    crs: Option<serde_json::Value>,
}

#[derive(Deserialize)]
struct Feature {
    properties: Option<serde_json::Map<String, serde_json::Value>>,
    geometry: Option<Geometry>,
}

#[derive(Deserialize)]
#[serde(tag = "type")]
enum Geometry {
    Polygon {
        coordinates: Vec<Ring>,
    },
    MultiPolygon {
        coordinates: Vec<Vec<Ring>>,
    },
    #[serde(other)]
    Other,
}

type Ring = Vec<Vec<f64>>;

/// The shapes of the collection, by code.
pub(crate) fn read(text: &str) -> Result<BTreeMap<String, Shape>, ImportError> {
    if text.len() > LARGEST {
        return Err(ImportError::TooLarge { bytes: text.len() });
    }
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let collection: Collection = serde_json::from_str(text).map_err(|it| {
        ImportError::NotGeoJson { line: it.line(), column: it.column(), detail: it.to_string() }
    })?;
    if collection.kind != "FeatureCollection" {
        return Err(ImportError::NoObjects);
    }
    if let Some(name) = other_projection(collection.crs.as_ref()) {
        return Err(ImportError::OtherProjection { name });
    }
    let mut shapes = Shapes::of(collection.features.len())?;
    for feature in collection.features {
        let properties = feature.properties.unwrap_or_default();
        let properties: Vec<(String, String)> =
            properties.iter().map(|(name, value)| (name.clone(), text_of(value))).collect();
        let rings = match feature.geometry {
            Some(Geometry::Polygon { coordinates }) => coordinates,
            Some(Geometry::MultiPolygon { coordinates }) => coordinates.concat(),
            _ => Vec::new(),
        };
        shapes.add(&properties, &rings, |position| match position.as_slice() {
            [lon, lat, ..] => Some((*lon, *lat)),
            _ => None,
        })?;
    }
    Ok(shapes.known)
}

/// The shapes of objects read from another kind of file, by code.
pub(crate) fn gather(objects: &[Object]) -> Result<BTreeMap<String, Shape>, ImportError> {
    let mut shapes = Shapes::of(objects.len())?;
    for it in objects {
        shapes.add(&it.properties, &it.rings, |position| Some(*position))?;
    }
    Ok(shapes.known)
}

/// The shapes read so far, and what they cost.
#[derive(Default)]
struct Shapes {
    known: BTreeMap<String, Shape>,
    objects: usize,
    points: usize,
}

impl Shapes {
    fn of(objects: usize) -> Result<Self, ImportError> {
        match objects {
            0 => Err(ImportError::NoObjects),
            MOST_OBJECTS.. if MOST_OBJECTS < objects => {
                Err(ImportError::TooMany { limit: MOST_OBJECTS })
            }
            _ => Ok(Self::default()),
        }
    }

    fn add<P: fmt::Debug>(
        &mut self,
        properties: &[(String, String)],
        rings: &[Vec<P>],
        degrees: impl Fn(&P) -> Option<(f64, f64)>,
    ) -> Result<(), ImportError> {
        self.objects += 1;
        let object = self.objects;
        let code = code_of(properties, object)?;
        if rings.is_empty() {
            return Err(ImportError::NotPolygon { object, code });
        }
        self.points += rings.iter().map(Vec::len).sum::<usize>();
        if self.points > MOST_POINTS {
            return Err(ImportError::TooMany { limit: MOST_POINTS });
        }
        let rings = rings
            .iter()
            .map(|it| ring(it, &degrees, object, &code))
            .collect::<Result<Vec<_>, _>>()?;
        let shape = Shape { rings, approximate: false, credit: None };
        if self.known.insert(code.clone(), shape).is_some() {
            return Err(ImportError::Twice { object, code });
        }
        Ok(())
    }
}

/// A property that may be a code, as text; anything else is no code.
fn text_of(value: &serde_json::Value) -> String {
    match value {
        serde_json::Value::String(it) => it.clone(),
        serde_json::Value::Number(it) => it.to_string(),
        _ => String::new(),
    }
}

/// The name of the reference system, if the file names one that is not WGS 84 in degrees.
fn other_projection(crs: Option<&serde_json::Value>) -> Option<String> {
    let name = crs?.pointer("/properties/name")?.as_str()?;
    let known = ["CRS84", "EPSG:4326", "EPSG::4326"].iter().any(|it| name.ends_with(it));
    (!known).then(|| name.chars().take(80).collect())
}

fn code_of(properties: &[(String, String)], object: usize) -> Result<String, ImportError> {
    CODE_NAMES
        .iter()
        .find_map(|name| {
            let (_, value) = properties.iter().find(|it| it.0.eq_ignore_ascii_case(name))?;
            let value = value.trim();
            let is_code = !value.is_empty()
                && value.len() <= 40
                && value.chars().all(|it| it.is_ascii_graphic());
            is_code.then(|| value.to_owned())
        })
        .ok_or_else(|| {
            let names: Vec<&str> = properties.iter().take(12).map(|it| it.0.as_str()).collect();
            ImportError::NoCode { object, found: names.join(", ").chars().take(200).collect() }
        })
}

fn ring<P: fmt::Debug>(
    positions: &[P],
    degrees: &impl Fn(&P) -> Option<(f64, f64)>,
    object: usize,
    code: &str,
) -> Result<Vec<Point>, ImportError> {
    let mut points = Vec::with_capacity(positions.len());
    for position in positions {
        let point = degrees(position).and_then(|(lon, lat)| Point::of_degrees(lon, lat));
        let Some(point) = point else {
            let position = format!("{position:?}").chars().take(60).collect();
            return Err(ImportError::NotDegrees { object, code: code.to_owned(), position });
        };
        if points.last() != Some(&point) {
            points.push(point);
        }
    }
    if points.first() == points.last() {
        points.pop();
    }
    if points.len() < 3 {
        return Err(ImportError::ShortRing { object, code: code.to_owned() });
    }
    Ok(points)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn one(properties: &str, geometry: &str) -> String {
        format!(
            r#"{{"type":"FeatureCollection","features":[{{"type":"Feature","properties":{properties},"geometry":{geometry}}}]}}"#
        )
    }

    const SQUARE: &str = r#"{"type":"Polygon","coordinates":[[[-8,12],[-7,12],[-7,13],[-8,12]]]}"#;

    #[test]
    fn the_code_is_found_under_its_usual_names() {
        for (properties, code) in [
            (r#"{"code":"ML01"}"#, "ML01"),
            (r#"{"ADM1_PCODE":"ML01","ADM2_PCODE":"ML0103"}"#, "ML0103"),
            (r#"{"admin2Pcod":" ML0103 "}"#, "ML0103"),
            (r#"{"code":1020304}"#, "1020304"),
        ] {
            let shapes = read(&one(properties, SQUARE)).unwrap();
            assert_eq!(shapes.keys().collect::<Vec<_>>(), [code], "{properties}");
        }
    }

    #[test]
    fn refusals_name_the_object() {
        let code = r#"{"code":"ML01"}"#;
        let ring = |it: &str| format!(r#"{{"type":"Polygon","coordinates":[[{it}]]}}"#);
        for (text, expected) in [
            (String::new(), "boundaries-not-geojson"),
            ("[]".to_owned(), "boundaries-not-geojson"),
            (r#"{"type":"FeatureCollection","features":[]}"#.to_owned(), "boundaries-no-objects"),
            (r#"{"type":"Polygon","features":[]}"#.to_owned(), "boundaries-no-objects"),
            (one(r#"{"nom":"Kayes"}"#, SQUARE), "boundaries-no-code, object: 1, found: nom"),
            (one("null", SQUARE), "boundaries-no-code"),
            (one(code, "null"), "boundaries-not-polygon, object: 1, code: ML01"),
            (one(code, r#"{"type":"Point","coordinates":[1,2]}"#), "boundaries-not-polygon"),
            (one(code, &ring("[0,0],[1,1],[0,0]")), "boundaries-short-ring"),
            (one(code, &ring("[600000,1400000],[1,1],[0,0]")), "boundaries-not-degrees"),
            (one(code, &ring("[0],[1,1],[0,0]")), "boundaries-not-degrees"),
        ] {
            let refused = read(&text).unwrap_err().to_string();
            assert!(refused.starts_with(expected), "{text}: {refused}");
        }
        let twice = format!(
            r#"{{"type":"FeatureCollection","features":[{{"properties":{code},"geometry":{SQUARE}}},{{"properties":{code},"geometry":{SQUARE}}}]}}"#
        );
        let expected = ImportError::Twice { object: 2, code: "ML01".to_owned() };
        assert_eq!(read(&twice), Err(expected));
        let crs = format!(
            r#"{{"type":"FeatureCollection","crs":{{"type":"name","properties":{{"name":"urn:ogc:def:crs:EPSG::32629"}}}},"features":[{{"properties":{code},"geometry":{SQUARE}}}]}}"#
        );
        assert!(matches!(read(&crs), Err(ImportError::OtherProjection { .. })));
    }

    #[test]
    fn deep_nesting_is_refused_not_followed() {
        let text = "[".repeat(100_000);
        assert!(matches!(read(&text), Err(ImportError::NotGeoJson { .. })));
    }
}
