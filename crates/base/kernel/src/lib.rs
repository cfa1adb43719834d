//! The words that every floor of the house shares: dates and quarters, identifiers, refusals,
//! French typography and the folding of names for search.
//!
//! Nothing here knows a domain, a database, a page or a clock.

pub mod base64;
pub mod date;
pub mod format;
pub mod id;
pub mod message;
pub mod search;

pub use date::{Date, ParseDateError, ParseQuarterError, Period, Quarter};
pub use format::Language;
pub use id::Id;
pub use message::{Failure, Message, Reject, Stop};
pub use rust_decimal::Decimal;
