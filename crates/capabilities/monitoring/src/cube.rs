//! The figures of all filed returns, held in memory: any element or indicator, for any places and
//! periods, under any map, answered at once and exactly.
//!
//! How to ask, inside a read transaction:
//!
//! ```ignore
//! let figures = monitoring::cube::figures(tx)?;        // as of this instant, no lock is held
//! let ask = Ask {
//!     measures: vec![Measure::Indicator(3), Measure::element(questionnaire, "SAN_CONS")?],
//!     places: figures.below("ML", Level::Region, day),  // or codes that you have
//!     periods: vec!["2024T4".parse()?, Period::Year(2024)],
//!     map: Map::AsItWas,                               // or Map::On(day): restated
//!     partial: false,
//! };
//! let answer = figures.answer(&actor, &ask)?;          // rights and withheld figures included
//! for (m, p, t, value) in answer.iter() { … }
//! ```
//!
//! What is answered is what was **filed** for those who may see it, and what was **published** for
//! everybody else; cells being typed are never in it. Sums are made of components, never of rates,
//! and each value says who answered out of how many. Absent is not zero.

mod ask;

pub use ask::{Ask, Map, Measure, Part, Standing, Term, Value};
