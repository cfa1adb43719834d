//! The territory slice as the tree that the exchange asks.

use std::cell::{OnceCell, RefCell};
use std::collections::BTreeMap;

use db::{DbError, Tx};
use kernel::Date;

use crate::Territory;

/// No tree of local governments is deeper than this; a loop in damaged data ends here.
const DEEPEST: usize = 12;

/// The places as they are on one day. A place that no longer exists lies where it last lay, so that
/// the data of its time still travel.
pub struct Places {
    on: Date,
    parents: RefCell<BTreeMap<String, Option<String>>>,
    elsewhere: OnceCell<Vec<(String, String)>>,
}

impl Places {
    /// The places on this day.
    pub fn on(day: Date) -> Self {
        Self { on: day, parents: RefCell::default(), elsewhere: OnceCell::new() }
    }

    /// Where the circuit leaves the tree: the office of another region that validates for a place
    /// must receive what that place sends, and answer it.
    fn elsewhere(&self, tx: &mut Tx<'_>) -> Result<&[(String, String)], DbError> {
        if self.elsewhere.get().is_none() {
            let read = monitoring::circuit::sent_elsewhere(tx)?;
            let _kept = self.elsewhere.set(read);
        }
        Ok(self.elsewhere.get().map_or(&[], Vec::as_slice))
    }

    fn parent(&self, tx: &mut Tx<'_>, code: &str) -> Result<Option<String>, DbError> {
        if let Some(it) = self.parents.borrow().get(code) {
            return Ok(it.clone());
        }
        let found = territory::version_near(tx, code, self.on)?;
        let parent = found.and_then(|it| it.parent);
        self.parents.borrow_mut().insert(code.to_owned(), parent.clone());
        Ok(parent)
    }
}

impl Territory for Places {
    fn contains(&self, tx: &mut Tx<'_>, above: &str, below: &str) -> Result<bool, DbError> {
        let mut code = below.to_owned();
        for _ in 0..DEEPEST {
            let given = |it: &(String, String)| it.0 == code && it.1 == above;
            if code == above || self.elsewhere(tx)?.iter().any(given) {
                return Ok(true);
            }
            let Some(parent) = self.parent(tx, &code)? else { return Ok(false) };
            code = parent;
        }
        Ok(false)
    }
}
