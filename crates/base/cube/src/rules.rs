//! A comparison of two series over everything.

use crate::row::{Cells, Narrow, Row};
use crate::{Cube, Span};

/// `left > factor × right` is a breach, the factor being a fraction. Both series have one scale.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Compare {
    /// The series on the left.
    pub left: u32,
    /// The series on the right.
    pub right: u32,
    /// The factor, above the line.
    pub times: i32,
    /// The factor, under the line; positive.
    pub over: u32,
}

/// What a comparison found.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Breach {
    /// The pairs of values that were compared: both are there.
    pub compared: u64,
    /// Those in breach.
    pub broken: u64,
}

impl Cube {
    /// What each comparison finds in these periods over a set of units.
    pub fn breaches(&self, rules: &[Compare], slots: &[u32], span: &Span) -> Vec<Breach> {
        rules.iter().map(|rule| self.breach(*rule, slots, span)).collect()
    }

    fn breach(&self, rule: Compare, slots: &[u32], span: &Span) -> Breach {
        let mut out = Breach::default();
        for slot in slots {
            let (Some(left), Some(right)) =
                (self.row(rule.left, *slot), self.row(rule.right, *slot))
            else {
                continue;
            };
            for run in span.runs() {
                let end = left.clip(run).end.min(right.clip(run).end);
                let part = (run.start as usize).min(end)..end;
                match (&left.cells, &right.cells) {
                    (Cells::Short(a), Cells::Short(b)) => {
                        count(&a[part.clone()], &b[part], rule, &mut out);
                    }
                    (Cells::Short(a), Cells::Word(b)) => {
                        count(&a[part.clone()], &b[part], rule, &mut out);
                    }
                    (Cells::Word(a), Cells::Short(b)) => {
                        count(&a[part.clone()], &b[part], rule, &mut out);
                    }
                    (Cells::Word(a), Cells::Word(b)) => {
                        count(&a[part.clone()], &b[part], rule, &mut out);
                    }
                    _ => count_large((left, right), part, rule, &mut out),
                }
            }
        }
        out
    }

    /// The units of a set in breach of a comparison in one period.
    pub fn in_breach(&self, rule: Compare, slot: u32, span: &Span) -> Vec<u32> {
        let broken = |unit: &u32| {
            let left = self.get(rule.left, slot, *unit);
            let right = self.get(rule.right, slot, *unit);
            left.zip(right).is_some_and(|(left, right)| is_broken(left, right, rule))
        };
        span.units().filter(broken).collect()
    }
}

fn is_broken(left: i64, right: i64, rule: Compare) -> bool {
    i128::from(rule.times) * i128::from(right) < i128::from(rule.over) * i128::from(left)
}

/// Values of at most 32 bits and a factor of at most 32 bits multiply in 64 without a check.
#[inline]
fn count<A: Narrow, B: Narrow>(left: &[A], right: &[B], rule: Compare, out: &mut Breach) {
    let (times, over) = (i64::from(rule.times), i64::from(rule.over));
    let (mut compared, mut broken) = (0_u32, 0_u32);
    for (a, b) in left.iter().zip(right) {
        let both = (*a != A::NONE) & (*b != B::NONE);
        compared += u32::from(both);
        broken += u32::from(both & (times * b.wide() < over * a.wide()));
    }
    out.compared += u64::from(compared);
    out.broken += u64::from(broken);
}

fn count_large(
    (left, right): (&Row, &Row),
    units: std::ops::Range<usize>,
    rule: Compare,
    out: &mut Breach,
) {
    for unit in units {
        let (a, b) = (left.get(unit), right.get(unit));
        if a != crate::MISSING && b != crate::MISSING {
            out.compared += 1;
            out.broken += u64::from(is_broken(a, b, rule));
        }
    }
}
