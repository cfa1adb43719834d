//! Monitoring of local governments (OISE): a questionnaire, its values, their control and results.
//!
//! The engine is pure: it reads the questionnaire that the program ships and values in memory, and
//! knows neither pages nor storage.

pub mod aggregation;
pub mod control;
pub mod questionnaire;
pub mod results;
pub mod values;

#[cfg(test)]
mod testing;
