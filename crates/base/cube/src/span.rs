//! A set of units, as runs of numbers that follow each other.

use std::ops::Range;

/// A set of units. A place under the map by which units are numbered is one run.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Span {
    runs: Box<[Range<u32>]>,
}

impl Span {
    /// The units of a run.
    pub fn run(run: Range<u32>) -> Self {
        Self { runs: if run.is_empty() { Box::default() } else { Box::new([run]) } }
    }

    /// The units of these numbers, in any order; a number that comes twice counts once.
    pub fn of(units: impl IntoIterator<Item = u32>) -> Self {
        let mut units: Vec<u32> = units.into_iter().collect();
        units.sort_unstable();
        let mut runs: Vec<Range<u32>> = Vec::new();
        for unit in units {
            match runs.last_mut() {
                Some(last) if unit < last.end => {}
                Some(last) if unit == last.end => last.end += 1,
                _ => runs.push(unit..unit + 1),
            }
        }
        Self { runs: runs.into() }
    }

    /// Its runs, in order.
    pub fn runs(&self) -> &[Range<u32>] {
        &self.runs
    }

    /// Its units, in order.
    pub fn units(&self) -> impl Iterator<Item = u32> {
        self.runs.iter().cloned().flatten()
    }

    /// How many units it holds.
    pub fn len(&self) -> usize {
        self.runs.iter().map(|it| it.len()).sum()
    }

    /// Whether it holds no unit.
    pub fn is_empty(&self) -> bool {
        self.runs.is_empty()
    }

    /// Whether it holds this unit.
    pub fn has(&self, unit: u32) -> bool {
        let after = self.runs.partition_point(|it| it.end <= unit);
        self.runs.get(after).is_some_and(|it| it.contains(&unit))
    }

    /// Whether it holds all the units of another set.
    pub fn holds(&self, other: &Self) -> bool {
        // Runs that follow each other are one, so that each run of the other lies in one of these.
        other.runs.iter().all(|run| {
            let after = self.runs.partition_point(|it| it.end <= run.start);
            self.runs.get(after).is_some_and(|it| it.start <= run.start && run.end <= it.end)
        })
    }

    /// From its first unit to its last.
    pub(crate) fn hull(&self) -> Range<u32> {
        match (self.runs.first(), self.runs.last()) {
            (Some(first), Some(last)) => first.start..last.end,
            _ => 0..0,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn units_that_follow_each_other_are_one_run() {
        let span = Span::of([7, 3, 4, 5, 4, 9]);
        assert_eq!(span.runs(), [3..6, 7..8, 9..10]);
        assert_eq!(span.len(), 5);
        assert!(span.has(9) && !span.has(6));
        for (other, held) in
            [(vec![], true), (vec![3, 9], true), (vec![4, 5, 7], true), (vec![5, 6], false)]
        {
            assert_eq!(span.holds(&Span::of(other.clone())), held, "{other:?}");
        }
        assert!(Span::run(4..4).is_empty());
    }
}
