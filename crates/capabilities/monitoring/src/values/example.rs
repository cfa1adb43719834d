//! The worked example that the program ships: three communes and their cercle, over eight quarters.
//! All of it is **invented**, and must be shown as such.

/// The units: `code,nom,niveau,parent`.
pub const UNITS: &str = include_str!("../../../../../reference/oise/example_units.csv");
/// The values, for [`super::read_file`].
pub const VALUES: &str = include_str!("../../../../../reference/oise/example_values.csv");
/// The results expected for 2024T4.
pub const RESULTS: &str = include_str!("../../../../../reference/oise/example_results.csv");
/// The alerts expected for 2024T4.
pub const ALERTS: &str = include_str!("../../../../../reference/oise/example_alerts.csv");
