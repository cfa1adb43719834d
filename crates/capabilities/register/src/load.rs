//! What an entry `register.source-loaded` carries: the typed lines of one source.

use serde::{Deserialize, Serialize};
use territory::Source;

use crate::{Network, Partnership};

/// The typed lines of one source.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Load {
    /// Where they come from.
    pub source: Source,
    /// Partnerships.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub partnerships: Vec<Partnership>,
    /// Networks.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub networks: Vec<Network>,
}
