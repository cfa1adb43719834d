//! The figures that a process keeps, and how they follow the journal.

use super::{Figures, file};
use db::{Database, Generation, Tx};
use journal::Journal;
use kernel::Failure;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// The states of figures that are kept, over all bases that the process has open: those just
/// before are wanted by readers that began before. They share most of their rows.
const STATES_KEPT: usize = 4;

/// The bases whose figures are known to be those of now. A process has one open; tests have many.
const BASES_KEPT: usize = 4;

/// The figures that stood in one generation of a base.
static WARM: Mutex<Vec<(Generation, Arc<Figures>)>> = Mutex::new(Vec::new());
static KEPT: Mutex<Vec<Arc<Figures>>> = Mutex::new(Vec::new());
/// One thread at a time brings figures up to date; the others wait for it.
static WORK: Mutex<()> = Mutex::new(());

fn kept() -> MutexGuard<'static, Vec<Arc<Figures>>> {
    KEPT.lock().unwrap_or_else(PoisonError::into_inner)
}

fn warm() -> MutexGuard<'static, Vec<(Generation, Arc<Figures>)>> {
    WARM.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The figures of now, if nothing at all was committed to the base since they were found, by
/// whichever program: no question is then put to it.
pub(crate) fn unmoved(base: &Database) -> Option<Arc<Figures>> {
    let now = base.generation()?;
    warm().iter().find(|it| it.0 == now).map(|it| Arc::clone(&it.1))
}

/// Remembers that these figures were found after the base was in this generation.
pub(crate) fn found_after(generation: Option<Generation>, figures: &Arc<Figures>) {
    let Some(generation) = generation else { return };
    let mut warm = warm();
    warm.retain(|it| !it.0.is_same_base(generation));
    warm.push((generation, Arc::clone(figures)));
    if BASES_KEPT < warm.len() {
        warm.remove(0);
    }
}

/// The figures as of this transaction. Most often one statement finds that nothing has moved;
/// otherwise what was filed or published since is taken in; at the first question everything is.
///
/// # Errors
///
/// If the store fails or is damaged.
pub fn figures(tx: &mut Tx<'_>) -> Result<Arc<Figures>, Failure> {
    let head = Journal::head(tx)?;
    let same = || kept().iter().find(|it| it.head == head).map(Arc::clone);
    if let Some(found) = same() {
        return Ok(found);
    }
    let _one = WORK.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(found) = same() {
        return Ok(found);
    }
    let mut older: Vec<Arc<Figures>> =
        kept().iter().filter(|it| it.head.arrival < head.arrival).map(Arc::clone).collect();
    older.sort_by_key(|it| std::cmp::Reverse(it.head.arrival));
    let mut made = None;
    for it in &older {
        if Journal::has_stood_at(tx, it.head)? {
            made = it.caught_up(tx, head)?;
            break;
        }
    }
    if made.is_none() && older.is_empty() {
        made = match file::read_kept(tx)? {
            Some(it) if it.head == head => Some(it),
            Some(it) => it.caught_up(tx, head)?,
            None => None,
        };
    }
    let made = match made {
        Some(it) => it,
        None => Figures::build(tx, head)?,
    };
    let made = Arc::new(made);
    file::keep(&made);
    let mut kept = kept();
    kept.push(Arc::clone(&made));
    while STATES_KEPT < kept.len() {
        kept.remove(0);
    }
    Ok(made)
}

/// The figures that were made last.
pub(crate) fn newest() -> Option<Arc<Figures>> {
    kept().last().map(Arc::clone)
}
