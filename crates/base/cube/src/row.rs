//! One row: the values of all units for one series in one period.

use std::ops::Range;

/// The value of a unit that gave none.
pub const MISSING: i64 = i64::MIN;

/// The largest value, and the largest sum of the sizes of the values of one row: any part of a row
/// can then be added in 64 bits without a check.
pub const LARGEST: i64 = 1 << 62;

/// Every so many units, the sum of all that comes before is kept.
const BLOCK: usize = 64;

/// A whole number as narrow as the row allows. Its smallest value stands for a missing one.
pub(crate) trait Narrow: Copy + PartialEq {
    const NONE: Self;
    fn wide(self) -> i64;
    fn of(value: i64) -> Self;
}

macro_rules! narrow {
    ($($kind:ty),*) => {$(
        impl Narrow for $kind {
            const NONE: Self = <$kind>::MIN;
            #[inline]
            fn wide(self) -> i64 {
                i64::from(self)
            }
            #[inline]
            #[allow(clippy::cast_possible_truncation, reason = "the width was chosen for the values")]
            fn of(value: i64) -> Self {
                if value == MISSING { Self::NONE } else { value as Self }
            }
        }
    )*};
}
narrow!(i16, i32, i64);

/// The cells of a row, in the narrowest width that holds them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Cells {
    Short(Box<[i16]>),
    Word(Box<[i32]>),
    Long(Box<[i64]>),
}

/// Runs the same code on a row of any width.
macro_rules! each_width {
    ($cells:expr, $it:ident => $work:expr) => {
        match $cells {
            $crate::row::Cells::Short($it) => $work,
            $crate::row::Cells::Word($it) => $work,
            $crate::row::Cells::Long($it) => $work,
        }
    };
}
pub(crate) use each_width;

/// What comes before a block.
#[derive(Clone, Copy, Debug, Default)]
struct Mark {
    sum: i64,
    count: u32,
}

/// A row. At least one value is there.
#[derive(Clone, Debug)]
pub(crate) struct Row {
    pub(crate) cells: Cells,
    marks: Box<[Mark]>,
}

impl PartialEq for Row {
    fn eq(&self, other: &Self) -> bool {
        self.cells == other.cells
    }
}

impl Row {
    /// The row of these values; `Ok(None)` if all are missing, `Err(())` if they are too large to
    /// be added.
    pub(crate) fn of(values: &[i64]) -> Result<Option<Self>, ()> {
        let (mut most, mut sizes, mut last) = (0_u64, 0_u128, None);
        for (at, value) in values.iter().enumerate().filter(|it| *it.1 != MISSING) {
            let size = value.unsigned_abs();
            most = most.max(size);
            sizes += u128::from(size);
            last = Some(at);
        }
        let Some(last) = last else { return Ok(None) };
        if u128::from(LARGEST.unsigned_abs()) < sizes {
            return Err(());
        }
        // Units after the last value take no room.
        let values = &values[..=last];
        let fits = |largest: u64| most <= largest;
        let cells = if fits(i16::MAX.unsigned_abs().into()) {
            Cells::Short(values.iter().map(|it| Narrow::of(*it)).collect())
        } else if fits(i32::MAX.unsigned_abs().into()) {
            Cells::Word(values.iter().map(|it| Narrow::of(*it)).collect())
        } else {
            Cells::Long(values.into())
        };
        Ok(Some(Self::marked(cells)))
    }

    fn marked(cells: Cells) -> Self {
        let marks = each_width!(&cells, it => {
            let mut before = Mark::default();
            it.chunks(BLOCK)
                .map(|block| {
                    let here = before;
                    let (sum, count) = added(block);
                    before = Mark { sum: before.sum + sum, count: before.count + count };
                    here
                })
                .collect()
        });
        Self { cells, marks }
    }

    pub(crate) fn len(&self) -> usize {
        each_width!(&self.cells, it => it.len())
    }

    pub(crate) fn get(&self, unit: usize) -> i64 {
        each_width!(&self.cells, it => it.get(unit).map_or(MISSING, |it| wide(*it)))
    }

    /// The values of all units, up to the last that has one.
    pub(crate) fn write_to(&self, out: &mut Vec<i64>) {
        out.clear();
        each_width!(&self.cells, it => out.extend(it.iter().map(|it| wide(*it))));
    }

    pub(crate) fn clip(&self, run: &Range<u32>) -> Range<usize> {
        let end = (run.end as usize).min(self.len());
        (run.start as usize).min(end)..end
    }

    /// The sum of the values of a run of units, and how many they are.
    pub(crate) fn sum(&self, run: &Range<u32>) -> (i64, u32) {
        let run = self.clip(run);
        let (first, last) = (run.start.div_ceil(BLOCK), run.end / BLOCK);
        each_width!(&self.cells, it => {
            if last <= first + 1 {
                return added(&it[run]);
            }
            let (before, head) = added(&it[run.start..first * BLOCK]);
            let (after, tail) = added(&it[last * BLOCK..run.end]);
            let end = self.marks.get(last).copied().unwrap_or_else(|| self.end());
            let start = self.marks[first];
            (before + (end.sum - start.sum) + after, head + (end.count - start.count) + tail)
        })
    }

    /// After the last block.
    fn end(&self) -> Mark {
        let last = self.marks.last().copied().unwrap_or_default();
        let from = self.marks.len().saturating_sub(1) * BLOCK;
        let (sum, count) = each_width!(&self.cells, it => added(&it[from..]));
        Mark { sum: last.sum + sum, count: last.count + count }
    }

    /// How many bytes it takes.
    pub(crate) fn bytes(&self) -> usize {
        let width = match &self.cells {
            Cells::Short(_) => 2,
            Cells::Word(_) => 4,
            Cells::Long(_) => 8,
        };
        self.len() * width + size_of_val(&*self.marks) + size_of::<Self>() + 16
    }

    pub(crate) fn from_cells(cells: Cells) -> Result<Self, ()> {
        let mut sizes = 0_u128;
        each_width!(&cells, it => {
            for value in it.iter().filter(|it| **it != none(*it)) {
                sizes += u128::from(value.wide().unsigned_abs());
            }
        });
        if u128::from(LARGEST.unsigned_abs()) < sizes { Err(()) } else { Ok(Self::marked(cells)) }
    }
}

#[inline]
fn none<T: Narrow>(_: &T) -> T {
    T::NONE
}

#[inline]
pub(crate) fn wide<T: Narrow>(value: T) -> i64 {
    if value == T::NONE { MISSING } else { value.wide() }
}

/// The sum and the number of the values that are there.
#[inline]
fn added<T: Narrow>(values: &[T]) -> (i64, u32) {
    let (mut sum, mut count) = (0_i64, 0_u32);
    for value in values {
        let here = *value != T::NONE;
        sum += if here { value.wide() } else { 0 };
        count += u32::from(here);
    }
    (sum, count)
}
