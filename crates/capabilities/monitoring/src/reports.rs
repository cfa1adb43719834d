//! The standard documents: the activity report of a cercle's centre, the syntheses of a region and
//! of the nation.

use kernel::Quarter;
use web::Routes;

/// The addresses of this slice.
pub(crate) fn routes() -> Routes {
    Routes::new()
}

/// The address of the report of a place for a quarter.
pub(crate) fn href(place: &str, quarter: Quarter) -> String {
    format!("/suivi/rapports/{}/{quarter}", crate::analysis::encoded(place))
}
