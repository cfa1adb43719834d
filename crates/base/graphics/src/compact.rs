//! Official outlines as the product keeps them: simplified together, so that neighbours still share
//! their borders, and written as a short text of whole numbers.
//!
//! One line says what the text is; then come the pieces of border, as differences of corners in
//! steps of 0.0005 degree (some 55 m); then the places, each with its rings as numbers of pieces:
//! `-1` is piece 0 backwards, `/` begins another ring.
//!
//! ```text
//! benkadi-outlines 1
//! arc -22840 28900 12 -7 3 9
//! place ML0103 0 -3 / 5
//! ```

use std::cmp::Reverse;
use std::collections::{BTreeMap, BinaryHeap};
use std::fmt::Write as _;

use crate::chain::{Joints, canonical, closed};
use crate::geojson::{MOST_OBJECTS, MOST_POINTS};
use crate::outlines::{Outlines, Point, STEPS, Shape};
use crate::plane::Dot;

/// The longest text that is read: 8 MiB.
pub const LONGEST: usize = 8 * 1024 * 1024;
/// The corners kept in all, each border counted once: enough for the communes of Mali on a screen,
/// and some 400 kB of text.
const MOST_CORNERS: usize = 60_000;
/// Hundred-thousandths of a degree in a step.
const STEP: i32 = 50;
/// Twice the area, in square steps, of the largest corner that always goes: 0.006 km².
const UNSEEN: u64 = 4;
const HEAD: &str = "benkadi-outlines 1";

/// A text is not outlines as this program writes them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unreadable {
    /// The line, from 1.
    pub line: usize,
}

impl std::fmt::Display for Unreadable {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "the text of outlines cannot be read from line {} on", self.line)
    }
}

impl std::error::Error for Unreadable {}

impl Outlines {
    /// The shapes, simplified, as a short text. The same shapes always give the same text.
    pub fn to_compact(&self) -> String {
        let areas: Vec<Vec<Vec<Dot>>> = self.shapes.values().map(stepped).collect();
        let joints = Joints::of(&areas);
        let mut pieces: Vec<Vec<Dot>> = Vec::new();
        let mut numbers: BTreeMap<Vec<Dot>, i64> = BTreeMap::new();
        let mut places = String::new();
        for (code, rings) in self.shapes.keys().zip(&areas) {
            let _ = write!(places, "place {code}");
            for (rank, ring) in rings.iter().enumerate() {
                if 0 < rank {
                    places.push_str(" /");
                }
                for piece in joints.pieces(ring) {
                    let (piece, turned) = canonical(piece);
                    let number = *numbers.entry(piece).or_insert_with_key(|piece| {
                        pieces.push(piece.clone());
                        i64::try_from(pieces.len()).unwrap_or(i64::MAX) - 1
                    });
                    let _ = write!(places, " {}", if turned { -number - 1 } else { number });
                }
            }
            places.push('\n');
        }
        let mut out = format!("{HEAD}\n");
        for piece in thinned(pieces) {
            out.push_str("arc");
            let mut last = (0, 0);
            for (x, y) in piece {
                // Writing to a string cannot fail.
                let _ = write!(out, " {} {}", x - last.0, y - last.1);
                last = (x, y);
            }
            out.push('\n');
        }
        out + &places
    }

    /// Reads what [`Outlines::to_compact`] wrote.
    ///
    /// # Errors
    ///
    /// If the text is longer than [`LONGEST`], is no such text, or unfolds to more places or points
    /// than a file of boundaries may have.
    pub fn from_compact(text: &str) -> Result<Self, Unreadable> {
        let mut lines = text.lines().zip(1..);
        if LONGEST < text.len() || lines.next() != Some((HEAD, 1)) {
            return Err(Unreadable { line: 1 });
        }
        let mut pieces = Vec::new();
        let mut out = Self::default();
        let mut points = 0;
        for (text, line) in lines {
            let read = match text.split_once(' ') {
                Some(("arc", rest)) => piece(rest).map(|it| pieces.push(it)),
                Some(("place", rest)) => place(rest, &pieces, &mut points).and_then(|it| {
                    let room = out.shapes.len() < MOST_OBJECTS;
                    (room && out.shapes.insert(it.0, it.1).is_none()).then_some(())
                }),
                _ => None,
            };
            read.ok_or(Unreadable { line })?;
        }
        Ok(out)
    }
}

/// The rings in steps. Those too small to have a corner left go, unless the place has no other.
fn stepped(shape: &Shape) -> Vec<Vec<Dot>> {
    let step = |it: i32| (f64::from(it) / f64::from(STEP)).round() as i32;
    let dots = |ring: &Vec<Point>| -> Vec<Dot> {
        closed(&ring.iter().map(|it| (step(it.lon), step(it.lat))).collect::<Vec<_>>())
    };
    let mut rings: Vec<Vec<Dot>> = shape.rings.iter().map(dots).collect();
    rings.retain(|it| 2 < it.len());
    if rings.is_empty() {
        let (x, y) =
            shape.rings.iter().flatten().next().map_or((0, 0), |it| (step(it.lon), step(it.lat)));
        rings.push(vec![(x, y), (x + 1, y), (x + 1, y + 1), (x, y + 1)]);
    }
    rings
}

/// A corner that may go: twice the area that goes with it, its piece, its place, its age.
type Corner = Reverse<(u64, usize, usize, u32)>;

/// The pieces without their least corners (Visvalingam and Whyatt), the least of all pieces first.
/// Ends stay, and enough corners between them that no ring can vanish.
fn thinned(pieces: Vec<Vec<Dot>>) -> Vec<Vec<Dot>> {
    let mut chains: Vec<Chain> = pieces.into_iter().map(Chain::new).collect();
    let mut left: usize = chains.iter().map(|it| it.left).sum();
    let mut heap: BinaryHeap<Corner> = BinaryHeap::with_capacity(left);
    for (piece, chain) in chains.iter().enumerate() {
        for at in 1..chain.dots.len().saturating_sub(1) {
            heap.push(Reverse((chain.area(at), piece, at, 0)));
        }
    }
    while let Some(Reverse((area, piece, at, age))) = heap.pop() {
        if UNSEEN < area && left <= MOST_CORNERS {
            break;
        }
        let chain = &mut chains[piece];
        if chain.age[at] != age || chain.left <= chain.least {
            continue;
        }
        left -= 1;
        for (near, age) in chain.remove(at) {
            // A corner never becomes cheaper than the one that went before it.
            heap.push(Reverse((chain.area(near).max(area), piece, near, age)));
        }
    }
    chains.into_iter().map(Chain::finish).collect()
}

/// A piece of border that loses corners.
struct Chain {
    dots: Vec<Dot>,
    before: Vec<usize>,
    after: Vec<usize>,
    age: Vec<u32>,
    left: usize,
    least: usize,
}

/// The age of a corner that went.
const GONE: u32 = u32::MAX;

impl Chain {
    fn new(dots: Vec<Dot>) -> Self {
        let count = dots.len();
        // A ring alone keeps three corners; a piece between two joints keeps one, or two pieces
        // between the same joints would fall on one another.
        let least = if dots.first() == dots.last() { 4 } else { 3 };
        Self {
            before: (0..count).map(|it| it.saturating_sub(1)).collect(),
            after: (1..=count).collect(),
            age: vec![0; count],
            left: count,
            least: least.min(count),
            dots,
        }
    }

    /// Twice the area of the triangle of a corner and its neighbours.
    fn area(&self, at: usize) -> u64 {
        let wide = |it: Dot| (i64::from(it.0), i64::from(it.1));
        let (ax, ay) = wide(self.dots[self.before[at]]);
        let (bx, by) = wide(self.dots[at]);
        let (cx, cy) = wide(self.dots[self.after[at]]);
        ((bx - ax) * (cy - ay) - (cx - ax) * (by - ay)).unsigned_abs()
    }

    /// Takes a corner out; gives its neighbours that may go, with their new age.
    fn remove(&mut self, at: usize) -> Vec<(usize, u32)> {
        let (before, after) = (self.before[at], self.after[at]);
        self.after[before] = after;
        self.before[after] = before;
        self.age[at] = GONE;
        self.left -= 1;
        let mut near = Vec::with_capacity(2);
        for it in [before, after] {
            if 0 < it && it + 1 < self.dots.len() {
                self.age[it] += 1;
                near.push((it, self.age[it]));
            }
        }
        near
    }

    fn finish(self) -> Vec<Dot> {
        self.dots.iter().zip(&self.age).filter(|it| *it.1 != GONE).map(|it| *it.0).collect()
    }
}

/// The corners of a piece.
fn piece(text: &str) -> Option<Vec<Point>> {
    let numbers: Vec<i32> =
        text.split(' ').map(|it| it.parse().ok()).collect::<Option<Vec<_>>>()?;
    let (mut lon, mut lat) = (0_i32, 0_i32);
    let mut points = Vec::with_capacity(numbers.len() / 2);
    for it in numbers.chunks(2) {
        let &[dx, dy] = it else { return None };
        lon = lon.checked_add(dx.checked_mul(STEP)?)?;
        lat = lat.checked_add(dy.checked_mul(STEP)?)?;
        let far = lon.unsigned_abs() > 181 * STEPS.unsigned_abs();
        if far || lat.unsigned_abs() > 91 * STEPS.unsigned_abs() {
            return None;
        }
        points.push(Point { lon, lat });
    }
    (1 < points.len()).then_some(points)
}

/// A code and its shape. `points` counts those of all places.
fn place(text: &str, pieces: &[Vec<Point>], points: &mut usize) -> Option<(String, Shape)> {
    let mut words = text.split(' ');
    let code = words.next().filter(|it| !it.is_empty() && it.len() <= 40)?;
    let mut rings: Vec<Vec<Point>> = vec![Vec::new()];
    for word in words {
        if word == "/" {
            rings.push(Vec::new());
            continue;
        }
        let number: i64 = word.parse().ok()?;
        let turned = number < 0;
        let piece = pieces.get(usize::try_from(if turned { !number } else { number }).ok()?)?;
        *points = points.checked_add(piece.len()).filter(|it| *it <= MOST_POINTS)?;
        let ring = rings.last_mut()?;
        // The corner where two pieces meet is written once; the last one is the first.
        let kept = piece.len() - 1;
        if turned {
            ring.extend(piece.iter().rev().take(kept));
        } else {
            ring.extend(piece.iter().take(kept));
        }
    }
    let whole = rings.iter().all(|it| 2 < it.len());
    whole.then(|| (code.to_owned(), Shape { rings, approximate: false, credit: None }))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::Object;

    fn square(code: &str, west: f64) -> Object {
        // The common side of two such squares has a bend that is seen and one that is not.
        let side = [(0.0, 0.0), (0.025, 0.25), (0.05, 0.5), (0.0, 1.0)];
        let mut ring: Vec<(f64, f64)> = side.iter().map(|it| (west + it.0, 12.0 + it.1)).collect();
        ring.extend(side.iter().rev().map(|it| (west + 1.0 + it.0, 12.0 + it.1)));
        Object { properties: vec![("code".to_owned(), code.to_owned())], rings: vec![ring] }
    }

    #[test]
    fn neighbours_keep_one_border_and_the_bends_that_are_seen() {
        let read = Outlines::from_objects(&[square("A", -8.0), square("B", -7.0)]).unwrap();
        let text = read.to_compact();
        assert_eq!(text.lines().filter(|it| it.starts_with("arc")).count(), 3, "{text}");
        let back = Outlines::from_compact(&text).unwrap();
        assert_eq!(back.all_codes().collect::<Vec<_>>(), ["A", "B"]);
        assert_eq!(back.to_compact(), text);
        let common: Vec<&Point> = back.shapes["A"].rings[0]
            .iter()
            .filter(|it| back.shapes["B"].rings[0].contains(it))
            .collect();
        assert_eq!(common.len(), 3, "{text}");
    }

    #[test]
    fn damaged_texts_are_refused_with_their_line() {
        for (text, line) in [
            ("", 1),
            ("benkadi-outlines 2\n", 1),
            ("benkadi-outlines 1\nhello", 2),
            ("benkadi-outlines 1\narc 1 2 3", 2),
            ("benkadi-outlines 1\narc 1 2 2147483647 5", 2),
            ("benkadi-outlines 1\narc 1 2 3 4 5 6\nplace A 1", 3),
            ("benkadi-outlines 1\narc 1 2 3 4 5 6\nplace A -2", 3),
            ("benkadi-outlines 1\narc 1 2 3 4 5 6\nplace A", 3),
            ("benkadi-outlines 1\narc 1 2 3 4 5 6 -8 -10\nplace A 0\nplace A 0", 4),
        ] {
            assert_eq!(Outlines::from_compact(text), Err(Unreadable { line }), "{text}");
        }
        // A short text that unfolds to a very long shape.
        let bomb = format!("{HEAD}\narc{}\nplace A{}", " 1 1".repeat(9_000), " 0".repeat(9_000));
        assert_eq!(Outlines::from_compact(&bomb), Err(Unreadable { line: 3 }));
    }

    proptest! {
        #[test]
        fn what_was_written_is_read_again(
            areas in prop::collection::vec(
                prop::collection::vec(prop::collection::vec((0..40i32, 0..40i32), 3..12), 1..3), 1..5,
            ),
        ) {
            let mut outlines = Outlines::default();
            for (number, rings) in areas.into_iter().enumerate() {
                let point = |it: (i32, i32)| Point { lon: it.0 * STEP, lat: it.1 * STEP };
                let rings = rings.into_iter().map(|it| it.into_iter().map(point).collect()).collect();
                let shape = Shape { rings, approximate: false, credit: None };
                outlines.shapes.insert(format!("P{number}"), shape);
            }
            let text = outlines.to_compact();
            let back = Outlines::from_compact(&text).unwrap();
            prop_assert!(back.all_codes().eq(outlines.all_codes()));
        }
    }
}
