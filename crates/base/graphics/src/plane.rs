//! From the Earth to the picture: the sinusoidal projection about the middle of what is shown. It
//! keeps areas, as a choropleth needs, and bends shapes little over a country.

use crate::outlines::{Point, STEPS};

/// A corner on the picture, in half pixels: fine enough for the eye, short to write.
pub(crate) type Dot = (i32, i32);

/// Half pixels.
pub(crate) const GRID: f64 = 2.0;
const MARGIN: f64 = 5.0;

/// The projection and the place of the map on the picture.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Plane {
    middle: f64,
    scale: f64,
    shift: (f64, f64),
    /// Height of the map in pixels.
    pub(crate) height: f64,
}

impl Plane {
    /// The plane on which these points fill the width, or the greatest height.
    pub(crate) fn around<'a>(
        points: impl Iterator<Item = &'a Point> + Clone,
        wide: f64,
        tallest: f64,
    ) -> Self {
        let ends = |it: &mut dyn Iterator<Item = f64>| {
            it.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), at| {
                (low.min(at), high.max(at))
            })
        };
        let (west, east) = ends(&mut points.clone().map(|it| degrees(it.lon)));
        let middle = if west.is_finite() { (west + east) / 2.0 } else { 0.0 };
        let (left, right) = ends(&mut points.clone().map(|it| flat(*it, middle).0));
        let (top, bottom) = ends(&mut points.map(|it| flat(*it, middle).1));
        let span = |low: f64, high: f64| if low < high { high - low } else { 1.0 };
        let (broad, tall) = (span(left, right), span(top, bottom));
        let room = (wide - 2.0 * MARGIN, tallest - 2.0 * MARGIN);
        let scale = (room.0 / broad).min(room.1 / tall);
        let (left, top) = if left.is_finite() { (left, top) } else { (0.0, 0.0) };
        Self {
            middle,
            scale,
            shift: ((wide - broad * scale) / 2.0 - left * scale, MARGIN - top * scale),
            height: tall * scale + 2.0 * MARGIN,
        }
    }

    /// Where this place is on the picture.
    pub(crate) fn dot(&self, point: Point) -> Dot {
        let (x, y) = flat(point, self.middle);
        let grid = |it: f64| (it * GRID).round().clamp(-1e7, 1e7) as i32;
        (grid(x * self.scale + self.shift.0), grid(y * self.scale + self.shift.1))
    }
}

fn degrees(steps: i32) -> f64 {
    f64::from(steps) / f64::from(STEPS)
}

fn flat(point: Point, middle: f64) -> (f64, f64) {
    let lat = degrees(point.lat);
    ((degrees(point.lon) - middle) * lat.to_radians().cos(), -lat)
}
