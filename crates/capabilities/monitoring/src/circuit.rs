//! The circuit of a quarter: units file, the cercle closes, the region validates, the nation
//! publishes. Each step is one transaction, by the office that answers for it.

mod alert_page;
mod alerts;
mod close;
mod correction_page;
mod corrections;
pub mod double_entry;
mod duties;
mod duties_page;
mod example;
mod file;
pub(crate) mod fold;
mod letter;
mod pages;
mod pass;
mod payload;
mod plan;
mod question_pages;
mod reception;
mod reception_page;
mod refused;
mod reopening;
mod reopening_page;
mod replan;
mod replan_page;
mod send_back;
mod slip;
mod threads;
mod under;
mod words;

pub use alerts::{Doubt, Oddity, answer, doubts, doubts_of, oddities, oddities_of, rule_id};
pub use close::{Closing, close, closing};
pub use correction_page::corrections_href;
pub use corrections::{Correction, corrections};
pub use duties::{Owed, duties, owed};
pub(crate) use duties_page::{awaited as awaited_on, told};
pub use example::{ExampleError, example, exercise};
pub use file::submit;
pub use pass::{Passing, pass_on, passing};
pub use payload::{
    CIRCUIT_SET, CircuitSet, Compared, Difference, QUESTION_ASKED, QUESTION_CONTINUED,
    QuestionAsked, QuestionContinued, REOPENING_ANSWERED, REOPENING_ASKED, ReopeningAnswered,
    ReopeningAsked, SECOND_DECIDED, SECOND_DRAWN, SECOND_KEYED, SecondDecided, SecondDrawn,
    SecondKeyed,
};
pub use plan::{Act, Demand, Plan, Step, plan, sent_elsewhere};
pub(crate) use question_pages::ask_href;
pub use reception::{Cell, Reception, Row, Share, Standing, reception};
pub(crate) use refused::LONGEST;
pub use refused::Refused;
pub use reopening::{
    Fate, Reopening, ReopeningAnswer, answer_reopening, ask_reopening, awaited, reopenings,
    reopenings_under, waiting_for,
};
pub use replan::{
    Moved, Replan, Replanning, Taken, first_open, plans_set, preview_replan, replan, replanned,
};
pub use send_back::{send_back, withdraw};
pub use threads::{
    About, Said, Saying, Thread, Turn, ask, may_ask, may_speak, say, seen, thread_of, threads,
};
pub(crate) use words::{person, two, who};

pub use under::under;

use crate::store::{Ground, ground};
use db::Tx;
use identity::Ctx;
use kernel::{Failure, Quarter, Stop};

/// The addresses of this slice.
pub(crate) fn routes() -> web::Routes {
    alert_page::routes()
        .and(pages::routes())
        .and(reopening_page::routes())
        .and(correction_page::routes())
        .and(question_pages::routes())
        .and(reception_page::routes())
        .and(replan_page::routes())
        .and(duties_page::routes())
        .and(letter::routes())
        .and(slip::routes())
}

/// The place on the last day of a quarter: a reform inside a quarter counts for the whole of it.
///
/// # Errors
///
/// [`Failure::NotFound`] if there is no such place in the circuit, or if the store fails.
pub fn ground_of(tx: &mut Tx<'_>, place: &str, quarter: Quarter) -> Result<Ground, Failure> {
    ground(tx, place, quarter.last_day())?.ok_or(Failure::NotFound)
}

/// The quarter has begun; what is to come cannot be counted.
pub(crate) fn begun(ctx: &Ctx<'_, '_>, quarter: Quarter) -> Result<(), Stop<Refused>> {
    if ctx.today() < quarter.first_day() {
        return Err(Stop::Refused(Refused::NotBegun { quarter }));
    }
    Ok(())
}
