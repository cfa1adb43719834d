//! What the register of partnerships says of a place, through its public functions.

use db::Tx;
use kernel::Failure;
use register::{Axis, Filter, Partnership, Sort};

use crate::questionnaire::Level;
use crate::store::Ground;

/// The most partnerships that a document names.
const MOST: i64 = 60;

/// The partnerships of a place.
#[derive(Clone, Debug, Default)]
pub(crate) struct Partners {
    /// How many there are.
    pub(crate) count: i64,
    /// The first of them, by the name of the partner; none for a country.
    pub(crate) list: Vec<Partnership>,
    /// How many by status, as its word; most first.
    pub(crate) statuses: Vec<(String, i64)>,
    /// How many by country of the partner, ISO 3166-1 alpha-2; most first.
    pub(crate) countries: Vec<(String, i64)>,
}

impl Partners {
    /// Reads them.
    ///
    /// # Errors
    ///
    /// If the store fails.
    pub(crate) fn read(tx: &mut Tx<'_>, ground: &Ground) -> Result<Self, Failure> {
        if ground.invented {
            return Ok(Self::default());
        }
        let mut filter = Filter { sort: Sort::Name, page: 1, ..Filter::default() };
        match ground.level() {
            Level::Nation => {}
            Level::Region => filter.region = Some(ground.place().to_owned()),
            Level::Cercle | Level::Commune => {
                filter.places =
                    Some(ground.tree.units().iter().map(|it| it.code.clone()).collect());
            }
        }
        let list = match ground.level() {
            Level::Nation | Level::Region => Vec::new(),
            Level::Cercle | Level::Commune => register::list(tx, &filter, MOST, 0)?,
        };
        Ok(Self {
            count: register::count(tx, &filter)?,
            list,
            statuses: most_first(register::tally(tx, &filter, Axis::Status)?),
            countries: most_first(register::tally(tx, &filter, Axis::Country)?),
        })
    }
}

fn most_first(found: Vec<(Option<String>, i64)>) -> Vec<(String, i64)> {
    let mut found: Vec<(String, i64)> =
        found.into_iter().filter_map(|(key, count)| Some((key?, count))).collect();
    found.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    found
}
