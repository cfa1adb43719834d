//! The territory slice as the tree that the exchange asks.

use std::cell::RefCell;
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
}

impl Places {
    /// The places on this day.
    pub fn on(day: Date) -> Self {
        Self { on: day, parents: RefCell::default() }
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
            if code == above {
                return Ok(true);
            }
            let Some(parent) = self.parent(tx, &code)? else { return Ok(false) };
            code = parent;
        }
        Ok(false)
    }
}
