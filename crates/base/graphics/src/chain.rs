//! Borders that neighbours share. Rings are cut where three areas meet, each piece is simplified
//! once, and both neighbours use the same piece: no slivers, and the border of a group of areas is
//! known without geometry.

use std::collections::BTreeMap;

use crate::plane::Dot;

/// A corner nearer than this to a straight line goes, in half pixels.
const TOLERANCE: f64 = 0.7;

/// Simplified shapes.
#[derive(Debug, Default)]
pub(crate) struct Shaped {
    /// The rings of each area, in the order given. No area is without a ring.
    pub(crate) rings: Vec<Vec<Vec<Dot>>>,
    /// Each piece of border, once, with the areas on its sides.
    pub(crate) borders: BTreeMap<Vec<Dot>, Vec<usize>>,
}

/// Simplifies the shapes together.
pub(crate) fn shape(areas: &[Vec<Vec<Dot>>]) -> Shaped {
    let areas: Vec<Vec<Vec<Dot>>> =
        areas.iter().map(|rings| rings.iter().map(|it| closed(it)).collect()).collect();
    let joints = Joints::of(&areas);
    let mut shaped = Shaped::default();
    for (owner, rings) in areas.iter().enumerate() {
        let mut out = Vec::new();
        for ring in rings.iter().filter(|it| it.len() > 2) {
            let mut whole: Vec<Dot> = Vec::new();
            for piece in joints.pieces(ring) {
                let (canonical, turned) = canonical(piece);
                let simple = simplified(&canonical);
                let owners = shaped.borders.entry(simple.clone()).or_default();
                if !owners.contains(&owner) {
                    owners.push(owner);
                }
                let end = simple.len() - 1;
                if turned {
                    whole.extend(simple.iter().rev().take(end));
                } else {
                    whole.extend(simple.iter().take(end));
                }
            }
            if whole.len() > 2 {
                out.push(whole);
            }
        }
        if out.is_empty() {
            // Too small to be seen at this scale: a place is never lost, it becomes a speck.
            let (x, y) = rings.iter().flatten().next().copied().unwrap_or_default();
            out.push(vec![(x - 1, y - 1), (x + 1, y - 1), (x + 1, y + 1), (x - 1, y + 1)]);
        }
        shaped.rings.push(out);
    }
    shaped
}

/// A ring without repeated corners; its last corner is not its first.
pub(crate) fn closed(ring: &[Dot]) -> Vec<Dot> {
    let mut out = ring.to_vec();
    out.dedup();
    while out.len() > 1 && out.first() == out.last() {
        out.pop();
    }
    out
}

/// Each corner with its neighbours, sorted.
pub(crate) struct Joints(Vec<(Dot, Dot)>);

impl Joints {
    pub(crate) fn of(areas: &[Vec<Vec<Dot>>]) -> Self {
        let mut sides = Vec::new();
        for ring in areas.iter().flatten().filter(|it| it.len() > 2) {
            for (at, from) in ring.iter().enumerate() {
                let to = ring[(at + 1) % ring.len()];
                sides.push((*from, to));
                sides.push((to, *from));
            }
        }
        sides.sort_unstable();
        sides.dedup();
        Self(sides)
    }

    /// Whether borders meet here: two neighbours are a mere bend.
    fn is_joint(&self, dot: Dot) -> bool {
        let from = self.0.partition_point(|it| it.0 < dot);
        self.0[from..].iter().take_while(|it| it.0 == dot).count() != 2
    }

    /// The ring cut at its joints; each piece keeps both its ends.
    pub(crate) fn pieces(&self, ring: &[Dot]) -> Vec<Vec<Dot>> {
        let Some(first) = ring.iter().position(|it| self.is_joint(*it)) else {
            let least = ring.iter().enumerate().min_by_key(|it| it.1).map_or(0, |it| it.0);
            return vec![turned(ring, least)];
        };
        let walk = turned(ring, first);
        let mut pieces = vec![vec![walk[0]]];
        for (at, dot) in walk.iter().enumerate().skip(1) {
            if let Some(piece) = pieces.last_mut() {
                piece.push(*dot);
            }
            if at + 1 < walk.len() && self.is_joint(*dot) {
                pieces.push(vec![*dot]);
            }
        }
        pieces
    }
}

/// The ring from this corner round to it again.
fn turned(ring: &[Dot], first: usize) -> Vec<Dot> {
    ring[first..].iter().chain(&ring[..=first]).copied().collect()
}

/// The piece in the direction that both neighbours agree on, and whether it was turned round.
pub(crate) fn canonical(mut piece: Vec<Dot>) -> (Vec<Dot>, bool) {
    let turn = piece.iter().rev().lt(piece.iter());
    if turn {
        piece.reverse();
    }
    (piece, turn)
}

/// Drops the corners that the eye would not miss (Douglas and Peucker). Keeps both ends.
pub(crate) fn simplified(line: &[Dot]) -> Vec<Dot> {
    if line.len() < 3 {
        return line.to_vec();
    }
    let mut kept = vec![false; line.len()];
    kept[0] = true;
    kept[line.len() - 1] = true;
    let mut spans = vec![(0, line.len() - 1)];
    while let Some((from, to)) = spans.pop() {
        let mut farthest = (0.0, from);
        for at in from + 1..to {
            let away = distance(line[at], line[from], line[to]);
            if away > farthest.0 {
                farthest = (away, at);
            }
        }
        if farthest.0 > TOLERANCE {
            kept[farthest.1] = true;
            spans.push((from, farthest.1));
            spans.push((farthest.1, to));
        }
    }
    line.iter().zip(&kept).filter(|it| *it.1).map(|it| *it.0).collect()
}

/// From a dot to the segment between two others.
fn distance(dot: Dot, from: Dot, to: Dot) -> f64 {
    let real = |it: Dot| (f64::from(it.0), f64::from(it.1));
    let ((px, py), (ax, ay), (bx, by)) = (real(dot), real(from), real(to));
    let (dx, dy) = (bx - ax, by - ay);
    let long = dx * dx + dy * dy;
    let along =
        if long > 0.0 { (((px - ax) * dx + (py - ay) * dy) / long).clamp(0.0, 1.0) } else { 0.0 };
    let (x, y) = (px - ax - along * dx, py - ay - along * dy);
    (x * x + y * y).sqrt()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn neighbours_share_the_simplified_border() {
        // Two squares side by side; their common side has a bump that stays and one that goes.
        let left = vec![(0, 0), (100, 0), (100, 30), (120, 50), (100, 70), (100, 100), (0, 100)];
        let right =
            vec![(100, 0), (200, 0), (200, 100), (100, 100), (100, 70), (120, 50), (100, 30)];
        let shaped = shape(&[vec![left], vec![right]]);
        let common: Vec<_> = shaped.borders.iter().filter(|it| it.1.len() == 2).collect();
        assert_eq!(common.len(), 1);
        assert_eq!(*common[0].0, [(100, 0), (100, 30), (120, 50), (100, 70), (100, 100)]);
        assert_eq!(shaped.borders.len(), 3);
    }

    #[test]
    fn a_place_too_small_becomes_a_speck() {
        let shaped = shape(&[vec![vec![(5, 5), (5, 5), (6, 5)]], vec![]]);
        assert_eq!(shaped.rings[0], [[(4, 4), (6, 4), (6, 6), (4, 6)]]);
        assert_eq!(shaped.rings[1].len(), 1);
    }

    proptest! {
        #[test]
        fn any_rings_give_rings(
            areas in prop::collection::vec(
                prop::collection::vec(prop::collection::vec((0..9i32, 0..9i32), 0..9), 0..3), 0..6,
            ),
        ) {
            let shaped = shape(&areas);
            prop_assert_eq!(shaped.rings.len(), areas.len());
            for rings in &shaped.rings {
                prop_assert!(!rings.is_empty());
                prop_assert!(rings.iter().all(|it| it.len() > 2));
            }
            for owners in shaped.borders.values() {
                prop_assert!(!owners.is_empty());
            }
        }
    }
}
