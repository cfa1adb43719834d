//! What the entries of this slice carry. A released shape never changes its meaning: a new meaning
//! is a new kind.

use kernel::Date;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A cell was typed. Never leaves the post.
pub const CELL_ENTERED: &str = "monitoring.cell-entered";
/// A person goes on with what another was typing. Never leaves the post.
pub const DRAFT_TAKEN_OVER: &str = "monitoring.draft-taken-over";
/// A file of values was taken in. Never leaves the post.
pub const VALUES_IMPORTED: &str = "monitoring.values-imported";
/// The reason for a figure that a rule doubts. It travels with the return that follows.
pub const ALERT_ANSWERED: &str = "monitoring.alert-answered";
/// A cercle asks a commune to look again at figures that a rule doubts.
pub const RETURN_SENT_BACK: &str = "monitoring.return-sent-back";
/// The cercle takes its request back.
pub const SEND_BACK_WITHDRAWN: &str = "monitoring.send-back-withdrawn";
/// The return of a unit for a quarter, whole.
pub const RETURN_FILED: &str = "monitoring.return-filed";
/// Cells of returns that were filed are corrected, many at once, by a file.
pub const VALUES_CORRECTED: &str = "monitoring.values-corrected";
/// A cercle passed a quarter on.
pub const QUARTER_CLOSED: &str = "monitoring.quarter-closed";
/// A region passed a quarter on.
pub const QUARTER_VALIDATED: &str = "monitoring.quarter-validated";
/// The nation made a quarter public.
pub const QUARTER_PUBLISHED: &str = "monitoring.quarter-published";

/// The payload of [`CELL_ENTERED`]: the whole state of the cell after it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CellEntered {
    /// The unit.
    pub unit: String,
    /// The period, as `2024T4` or `2024`.
    pub period: String,
    /// The cell, as `DEM_POP|SEXE=F;AGE_POP=A00`.
    pub cell: String,
    /// The value as [`crate::values::Value`] writes itself; absent if the cell was emptied.
    pub value: Option<String>,
    /// What the person says of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub comment: Option<String>,
    /// Where the value comes from: the document of origin and its day, in the person's words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
}

/// The payload of [`DRAFT_TAKEN_OVER`]: the person of its entry goes on with cells that another
/// person was typing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DraftTakenOver {
    /// The unit.
    pub unit: String,
    /// The cells, as (period, cell).
    pub cells: Vec<(String, String)>,
}

/// The payload of [`VALUES_IMPORTED`]: the cells that the file changes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ValuesImported {
    /// The name of the file.
    pub file: String,
    /// BLAKE3 of its bytes, in hexadecimal.
    pub hash: String,
    /// The cells that it changes.
    pub cells: Vec<ImportedCell>,
}

/// A cell of a [`ValuesImported`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportedCell {
    /// The unit.
    pub unit: String,
    /// The period.
    pub period: String,
    /// The cell.
    pub cell: String,
    /// The value.
    pub value: String,
}

/// The payload of [`ALERT_ANSWERED`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AlertAnswered {
    /// The unit.
    pub unit: String,
    /// The quarter.
    pub quarter: String,
    /// The alert, as [`crate::control::Alert`] names itself in the circuit: `V018`, or
    /// `V070/EDI_DELIB` for a rule that is run on each element.
    pub rule: String,
    /// The answer.
    pub answer: Answer,
}

/// Why a figure is maintained though a rule doubts it. It holds for the two values that were seen:
/// another figure asks for another reason.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answer {
    /// In the person's words.
    pub reason: String,
    /// The left side seen, as a program writes it; empty if absent.
    pub left: String,
    /// The right side seen.
    pub right: String,
    /// The office of the person who answers, as it was called that day.
    pub office: String,
    /// The day of the answer.
    pub day: Date,
}

/// The payload of [`RETURN_SENT_BACK`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReturnSentBack {
    /// The commune.
    pub unit: String,
    /// The quarter.
    pub quarter: String,
    /// The alert, as in [`AlertAnswered`].
    pub rule: String,
    /// The request.
    pub request: SentBack,
}

/// What is asked of a commune about an alert. It holds for the two values that were seen: once one
/// of them changes, the commune has done what was asked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SentBack {
    /// What to look at, in the person's words.
    pub reason: String,
    /// The left side seen, as a program writes it; empty if absent.
    pub left: String,
    /// The right side seen.
    pub right: String,
    /// The office of the person who asks, as it was called that day.
    pub office: String,
    /// The day of the request.
    pub day: Date,
}

/// The payload of [`SEND_BACK_WITHDRAWN`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SendBackWithdrawn {
    /// The commune.
    pub unit: String,
    /// The quarter.
    pub quarter: String,
    /// The alert.
    pub rule: String,
}

/// The payload of [`RETURN_FILED`]: all cells of all forms of the unit for that quarter, with the
/// yearly cells that those forms show.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReturnFiled {
    /// The unit.
    pub unit: String,
    /// The quarter.
    pub quarter: String,
    /// Which questionnaire was filled in.
    pub questionnaire: String,
    /// The day of filing.
    pub day: Date,
    /// The values by period, then by cell. What a filing does not hold of its quarter and of the
    /// years that its forms show is empty.
    pub values: BTreeMap<String, BTreeMap<String, String>>,
    /// The cells without a value that were typed since the last filing, by period: their drafts
    /// are settled too.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub emptied: BTreeMap<String, Vec<String>>,
    /// What people said of cells, by period, then by cell.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub comments: BTreeMap<String, BTreeMap<String, String>>,
    /// Where values come from, in people's words, by period, then by cell.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub sources: BTreeMap<String, BTreeMap<String, String>>,
    /// The answers to alerts, by rule.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub answers: BTreeMap<String, Answer>,
    /// What the second keying of a sample found, by form.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub double_entry: BTreeMap<String, KeyedTwice>,
}

/// The payload of [`VALUES_CORRECTED`]: only what changes, for one unit. Each quarter names the
/// version that it changes, so that the outcome does not depend on the order in which posts learn
/// returns and corrections.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ValuesCorrected {
    /// The unit.
    pub unit: String,
    /// The day of the correction.
    pub day: Date,
    /// The name of the file.
    pub file: String,
    /// By quarter.
    pub quarters: BTreeMap<String, QuarterCorrected>,
}

/// The corrected cells of a quarter, of a [`ValuesCorrected`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct QuarterCorrected {
    /// The short hash of the entry that gave the version which is corrected: the return, or the
    /// correction before this one. The other cells are those of that version. Empty if nothing was
    /// filed for the quarter: these cells then are its return.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub of: String,
    /// Which questionnaire was filled in; empty for a version, which has that of its return.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub questionnaire: String,
    /// The new values, by cell: cells that are filled in each quarter, and no others.
    pub values: BTreeMap<String, String>,
}

/// What the second keying of a form found: how many cells were keyed twice, and in how many the two
/// persons differ.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeyedTwice {
    /// Cells that at least one of the two filled in.
    pub cells: u32,
    /// Those in which they differ.
    pub errors: u32,
}

/// The payload of [`QUARTER_CLOSED`], [`QUARTER_VALIDATED`] and [`QUARTER_PUBLISHED`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct QuarterPassed {
    /// The place that passes it on.
    pub place: String,
    /// The quarter.
    pub quarter: String,
    /// The day.
    pub day: Date,
    /// The places or units that are in it.
    pub received: Vec<String>,
    /// Those that were awaited and are not.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub missing: Vec<String>,
    /// The short hash of the entry that each of those received gave: a closing covers the last
    /// return of each unit, a validation the closings, a publication the validations. So a mark
    /// says which version it was put on, in whatever order posts learn it. Empty in the marks of
    /// before, which cover what had arrived by then.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub covers: BTreeMap<String, String>,
    /// The formulas, the map and the circuit under which it was passed on; absent in the marks of
    /// before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub under: Option<Under>,
}

/// What a mark was put under: whoever receives it can tell whether they compute the same.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Under {
    /// The number of the edition of the questionnaire, the first being 1.
    pub edition: u32,
    /// The short hash of that edition: its forms, rules, formulas and parameters.
    pub questionnaire: String,
    /// The first day of the map of the country; nothing for the oldest one known.
    #[serde(default)]
    pub map: Option<Date>,
    /// The short hash of the units of the place on the last day of the quarter, with their levels
    /// and what holds them.
    pub territory: String,
    /// How many communes are among them.
    pub communes: usize,
    /// The number of the plan of the circuit that the nation set; 0 for the one that ships.
    pub circuit: i64,
}
