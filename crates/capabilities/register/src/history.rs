//! A partnership as it became: its entries, and how it was known on a day.

use db::Tx;
use journal::{Entry, Journal};
use kernel::{Date, Failure, Id};

use crate::fold::event_of;
use crate::{ADDED, Load, Partnership, Recorded, SOURCE_LOADED};

/// An entry of a partnership's history.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// The entry.
    pub entry: Entry,
    /// What it did; absent for the entry with which the partnership came.
    pub recorded: Option<Recorded>,
}

/// A partnership refolded from its entries, with them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Known {
    /// The partnership.
    pub partnership: Partnership,
    /// Its entries, oldest first.
    pub steps: Vec<Step>,
}

/// The last millisecond of a day.
fn end_of(day: Date) -> i64 {
    day.to_millis() + 86_399_999
}

/// What this post knew of a partnership at the end of a day; everything when no day is given.
/// `None` if it did not know it yet.
///
/// # Errors
///
/// If the store fails or an entry is not what its kind promises.
pub fn known_on(tx: &mut Tx<'_>, id: Id, day: Option<Date>) -> Result<Option<Known>, Failure> {
    let until = day.map(end_of);
    let Some((_, now)) = crate::fold::find(tx, id)? else { return Ok(None) };
    let own = Journal::history(tx, &id.to_string(), until)?;
    let mut known = match own.iter().find(|it| it.kind == ADDED) {
        Some(entry) => {
            let partnership = entry.read().map_err(Failure::broken)?;
            Known { partnership, steps: vec![Step { entry: entry.clone(), recorded: None }] }
        }
        None => match from_source(tx, &now, until)? {
            Some(it) => it,
            None => return Ok(None),
        },
    };
    for entry in own {
        let Some(recorded) = event_of(&entry).map_err(Failure::broken)? else { continue };
        known.partnership.apply(&recorded).map_err(Failure::broken)?;
        known.steps.push(Step { entry, recorded: Some(recorded) });
    }
    Ok(Some(known))
}

/// The partnership as its source brought it: the first entry that holds it counts.
fn from_source(
    tx: &mut Tx<'_>,
    now: &Partnership,
    until: Option<i64>,
) -> Result<Option<Known>, Failure> {
    for mut entry in Journal::history(tx, &now.origins.source, until)? {
        if entry.kind != SOURCE_LOADED {
            continue;
        }
        let load: Load = entry.read().map_err(Failure::broken)?;
        if let Some(partnership) = load.partnerships.into_iter().find(|it| it.id == now.id) {
            // The lines of the whole source are not this partnership's to carry.
            entry.payload = Vec::new();
            return Ok(Some(Known { partnership, steps: vec![Step { entry, recorded: None }] }));
        }
    }
    Ok(None)
}
