//! The plans of communes (plan de développement social, économique et culturel, PDSEC, also written
//! PDESC): their lines, their adoption, what became of each line, and the yearly programme (PIA).
//!
//! Nothing is lost: a changed line has its reason in the journal, a revised plan keeps the old one,
//! a step written by mistake is taken back with a reason. What nobody has said (a cost, a payment)
//! is not zero; each sum says over how many lines it was made.

mod acts;
mod example;
mod figures;
mod fold;
mod of_place;
mod offer;
mod pages;
mod plan;
mod read;
mod table;
#[cfg(test)]
mod testing;
mod typed;

use std::sync::Arc;

pub use acts::{adopt, begin, follow, import, revise, strike, withdraw, write_line};
pub use example::example;
pub use figures::{Figures, Scope, Steps, percent};
pub use fold::{
    Adopted, LINE_FOLLOWED, LINES_WRITTEN, Lines, PLAN_ADOPTED, PLAN_WRITTEN, STEP_WITHDRAWN, Turn,
    Withdrawn, Written,
};
pub use of_place::of_place;
pub use offer::{Offered, offered};
pub use pages::routes;
pub use plan::{
    Adoption, Funding, Line, ParseFundingError, ParseStateError, Plan, State, Step, Tranche,
    in_force, state_on,
};
pub use read::{adopted, line, lines, lines_adopted, object_of, plan, plans_of, steps};
pub use table::{Fault, LARGEST_TABLE, ReadTable, TableRefused, read_table};
pub use typed::{Ground, Refusals, TypedAdoption, TypedLine, TypedPlan, TypedStep};

/// The tables of the plans as a fold of the journal.
pub fn fold() -> Arc<dyn journal::Fold> {
    Arc::new(fold::PlansFold)
}

/// The slice's words: French, English.
pub fn words() -> (&'static str, &'static str) {
    (include_str!("words/fr.ftl"), include_str!("words/en.ftl"))
}
