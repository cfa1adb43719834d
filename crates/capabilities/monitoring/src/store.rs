//! What the posts keep of monitoring: cells being typed, returns filed, alerts answered, and how
//! far each quarter is in the circuit.
//!
//! Other slices read [`values`] over a [`Ground`]: the units of a place on a day. What a person
//! may not see yet is left out as if it did not exist, never half shown.

mod codes;
mod corrections;
mod fold;
mod ground;
mod payload;
mod read;
mod returns;
mod states;

pub use codes::stored_value;
pub(crate) use corrections::{corrected_after, is_any_corrected, versions_of};
pub(crate) use ground::level;
pub use ground::{Ground, ground, tree};
pub use payload::{
    ALERT_ANSWERED, AlertAnswered, Answer, CELL_ENTERED, CellEntered, DRAFT_TAKEN_OVER,
    DraftTakenOver, ImportedCell, KeyedTwice, QUARTER_CLOSED, QUARTER_PUBLISHED, QUARTER_VALIDATED,
    QuarterCorrected, QuarterPassed, RETURN_FILED, RETURN_SENT_BACK, ReturnFiled, ReturnSentBack,
    SEND_BACK_WITHDRAWN, SendBackWithdrawn, SentBack, Under, VALUES_CORRECTED, VALUES_IMPORTED,
    ValuesCorrected, ValuesImported,
};
pub use read::{
    Draft, Remark, Said, View, answers, drafts, may_read_unpublished, remarks, sent_back, values,
    values_between,
};
pub(crate) use read::{drafts_of, is_public, public_until};
pub use returns::{Filing, deadline, filings, first_period_of, returns};
pub(crate) use returns::{came_in_time, filed_span, filings_after, filings_of, periods};
pub use states::{Passed, Stage, State, locked, passages, published, state};
pub(crate) use states::{passages_of_all, passed_after};

use std::sync::Arc;

/// The slice's fold.
pub fn fold() -> Arc<dyn journal::Fold> {
    Arc::new(fold::Monitoring)
}
