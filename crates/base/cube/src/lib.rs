//! Whole numbers of many series, many periods and many units, held in memory so that any sum is
//! answered at once, and exactly.
//!
//! A value is a fixed-point whole number; its scale is the caller's, one for each series. A value
//! that nobody gave is [`MISSING`], never zero, and every sum says how many values it is made of.
//! Sums of whole numbers are the same in whatever order they are made, so a total is the same at
//! every level of a tree. A sum that does not fit is an error, never a wrong number.
//!
//! - [`Cube`] holds rows: one row is one series in one period over all units. Rows are shared:
//!   cloning a cube is cheap, and changing one value copies one row.
//! - [`Span`] is a set of units, as few runs as it takes. Where units are numbered so that those
//!   under a place follow it, a place is one run; under another map of the same units, a few more.
//! - [`Pick`] names the rows that are added together. What to do with them is asked of the cube:
//!   [`Cube::sum`], [`Cube::table`], [`Cube::top`], [`Cube::extent`], [`Cube::breaches`],
//!   [`Cube::roll_up`].
//! - [`snapshot`] keeps cubes in a checksummed file. A file that is not whole is not read.

mod change;
mod pick;
mod roll;
mod row;
mod rules;
pub mod snapshot;
mod span;
mod store;

pub use change::Change;
pub use pick::{Extent, Joining, Pick, Sum, UnitTotals};
pub use roll::Labelled;
pub use row::{LARGEST, MISSING};
pub use rules::{Breach, Compare};
pub use span::Span;
pub use store::Cube;

/// Why a value or a sum cannot be kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CubeError {
    /// The values of a row are too large to be added without loss.
    #[error("the values of series {series} in period {slot} are too large to be added")]
    TooLarge {
        /// The series.
        series: u32,
        /// The period.
        slot: u32,
    },
    /// A change names a series or a period that the cube does not have.
    #[error("there is no series {series} in period {slot}")]
    Nowhere {
        /// The series.
        series: u32,
        /// The period.
        slot: u32,
    },
}
