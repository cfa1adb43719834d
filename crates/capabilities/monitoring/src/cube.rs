//! The figures of all filed returns, held in memory: any element or indicator, for any places and
//! periods, under any map, answered at once and exactly.
//!
//! How to ask, inside a read transaction:
//!
//! ```ignore
//! let figures = monitoring::cube::figures(tx)?;       // as of this instant; no lock is held
//! let questionnaire = figures.questionnaire();        // measures use its numbers
//! let regions = figures.below("ML", Level::Region, day)?;
//! let ask = Ask {
//!     measures: vec![Measure::Indicator(3)],          // or Measure::element, Measure::split…
//!     places: regions.iter().map(|it| it.code.clone()).collect(),
//!     periods: vec!["2024T4".parse()?, Period::Year(2024)],
//!     map: Map::AsItWas,                              // or Map::On(day): restated
//!     partial: false,
//! };
//! let answer = figures.answer(&actor, &ask)?;         // rights and withheld figures included
//! for (measure, place, period, value) in answer.iter() {
//!     let name = &answer.places[place].name;          // value.value, value.standing…
//! }
//! ```
//!
//! What is answered is what was **filed** for those who may see it, and what was **published** for
//! everybody else; cells being typed are never in it. Sums are made of components, never of rates,
//! and each value says who answered out of how many. Absent is not zero.

mod answer;
mod ask;
mod compare;
mod derive;
mod figures;
mod file;
mod filled;
mod groups;
mod http;
mod kept;
mod land;
mod layout;
mod load;
mod places;
mod portions;
mod rank;
mod reader;
mod refused;
mod side;
#[cfg(test)]
mod tests;
mod theirs;
mod typed;
mod withheld;

pub use answer::{Answer, MOST_VALUES, Shown};
pub use ask::{Ask, Map, Measure, Part, Standing, Term, Value};
pub use compare::Comparison;
pub use figures::Figures;
pub use file::{keep_in, settle, write};
pub use filled::Filled;
pub use groups::{Grouped, Grouping};
pub use kept::figures;
pub use rank::Rank;
pub use refused::Refused;

pub(crate) use figures::Which;
pub(crate) use http::routes;
