//! Where a word fits inside an area, and where a key fits beside a map.

use crate::plane::{Dot, GRID};

/// A place for a word inside an area, in pixels.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Spot {
    pub(crate) x: f64,
    pub(crate) y: f64,
    /// How wide a word may be there.
    pub(crate) room: f64,
}

/// The places for a word of this height, the best first: the widest level stretches, rather towards
/// the middle. Never empty.
pub(crate) fn spots(rings: &[Vec<Dot>], tall: f64) -> Vec<Spot> {
    let ys = || rings.iter().flatten().map(|it| f64::from(it.1));
    let (top, bottom) =
        (ys().fold(f64::INFINITY, f64::min), ys().fold(f64::NEG_INFINITY, f64::max));
    let half = tall * GRID / 2.0;
    let mut found: Vec<(f64, Spot)> = Vec::new();
    const LEVELS: u32 = 31;
    for level in 0..LEVELS {
        let part = (f64::from(level) + 0.5) / f64::from(LEVELS);
        let y = between(top + (bottom - top) * part);
        for (from, to) in stretches(rings, y) {
            let middle = (from + to) / 2.0;
            let around = [y - half, y + half].into_iter().map(|it| {
                stretches(rings, between(it))
                    .into_iter()
                    .find(|it| it.0 <= middle && middle <= it.1)
            });
            let room = around
                .into_iter()
                .try_fold((from, to), |all, it| it.map(|it| (all.0.max(it.0), all.1.min(it.1))));
            if let Some((left, right)) = room.filter(|it| it.0 < it.1) {
                let wide = right - left;
                let spot = Spot { x: (left + right) / 2.0 / GRID, y: y / GRID, room: wide / GRID };
                found.push((wide * (1.0 - 0.5 * (part - 0.5).abs()), spot));
            }
        }
    }
    found.sort_by(|a, b| b.0.total_cmp(&a.0));
    if found.is_empty() {
        return vec![middle(rings)];
    }
    found.into_iter().map(|it| it.1).collect()
}

/// The best place for something of this height.
pub(crate) fn spot(rings: &[Vec<Dot>], tall: f64) -> Spot {
    spots(rings, tall).first().copied().unwrap_or(Spot { x: 0.0, y: 0.0, room: 0.0 })
}

/// A level near this one that passes through no corner, since corners are whole numbers.
fn between(y: f64) -> f64 {
    y.floor() + 0.25
}

/// The middle of an area too flat for a word: of its widest level stretch.
fn middle(rings: &[Vec<Dot>]) -> Spot {
    let all = || rings.iter().flatten();
    let ends = |it: &mut dyn Iterator<Item = i32>| {
        it.fold((i32::MAX, i32::MIN), |(low, high), at| (low.min(at), high.max(at)))
    };
    let (top, bottom) = ends(&mut all().map(|it| it.1));
    let (left, right) = ends(&mut all().map(|it| it.0));
    if top > bottom {
        return Spot { x: 0.0, y: 0.0, room: 0.0 };
    }
    let y = f64::from(top) + f64::from(bottom - top) / 2.0;
    let wide = |it: &(f64, f64)| it.1 - it.0;
    let widest = stretches(rings, between(y))
        .into_iter()
        .max_by(|a, b| wide(a).total_cmp(&wide(b)))
        .unwrap_or((f64::from(left), f64::from(right)));
    Spot { x: (widest.0 + widest.1) / 2.0 / GRID, y: y / GRID, room: 0.0 }
}

/// The parts of a level line that lie inside.
fn stretches(rings: &[Vec<Dot>], y: f64) -> Vec<(f64, f64)> {
    let mut crossings = Vec::new();
    for ring in rings {
        for (at, from) in ring.iter().enumerate() {
            let to = ring[(at + 1) % ring.len()];
            let (low, high) = (f64::from(from.1), f64::from(to.1));
            if (low > y) != (high > y) {
                let part = (y - low) / (high - low);
                crossings.push(f64::from(from.0) + part * f64::from(to.0 - from.0));
            }
        }
    }
    crossings.sort_by(f64::total_cmp);
    crossings.chunks_exact(2).map(|it| (it[0], it[1])).collect()
}

/// A rectangle in pixels.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Room {
    pub(crate) x: f64,
    pub(crate) y: f64,
    pub(crate) wide: f64,
    pub(crate) tall: f64,
}

impl Room {
    pub(crate) fn meets(&self, other: &Self) -> bool {
        self.x < other.x + other.wide
            && other.x < self.x + self.wide
            && self.y < other.y + other.tall
            && other.y < self.y + self.tall
    }
}

/// A free corner of the picture for something of this size: one that no shape touches.
pub(crate) fn corner(
    (wide, tall): (f64, f64),
    (broad, high): (f64, f64),
    shapes: &[Vec<Vec<Dot>>],
) -> Option<(f64, f64)> {
    let (right, foot) = (wide - broad, tall - high);
    if right < 0.0 || foot < 0.0 {
        return None;
    }
    [(0.0, 0.0), (right, foot), (right, 0.0), (0.0, foot)].into_iter().find(|(x, y)| {
        let room = Room { x: x - 8.0, y: y - 8.0, wide: broad + 16.0, tall: high + 16.0 };
        shapes.iter().flatten().all(|ring| is_clear(&room, ring))
    })
}

/// Whether a ring stays out of a rectangle. Sides are judged by their frames, so some free corners
/// are refused, and no occupied one is taken.
fn is_clear(room: &Room, ring: &[Dot]) -> bool {
    let real = |it: Dot| (f64::from(it.0) / GRID, f64::from(it.1) / GRID);
    let apart = ring.iter().enumerate().all(|(at, from)| {
        let (from, to) = (real(*from), real(ring[(at + 1) % ring.len()]));
        let side = Room {
            x: from.0.min(to.0),
            y: from.1.min(to.1),
            wide: (from.0 - to.0).abs().max(0.1),
            tall: (from.1 - to.1).abs().max(0.1),
        };
        !room.meets(&side)
    });
    let (x, y) = ((room.x + room.wide / 2.0) * GRID, (room.y + room.tall / 2.0) * GRID + 0.25);
    let around = stretches(std::slice::from_ref(&ring.to_vec()), y);
    apart && !around.iter().any(|it| it.0 <= x && x <= it.1)
}
