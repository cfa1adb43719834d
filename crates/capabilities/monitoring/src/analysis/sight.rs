//! What one visitor may see of a place and a quarter.

use std::sync::Arc;

use db::Tx;
use identity::Actor;
use kernel::{Date, Decimal, Failure, Quarter};

use super::consolidated::consolidated_under;
use super::{Computed, Figure, Refused, Rule, Version, Withheld, restated};

/// The figures of a country and a quarter as one visitor may see them.
///
/// A person who has the right of a place sees its values as they stand, marked as provisional
/// until the nation has published the quarter. Everybody else sees what was published, as it was
/// published, without restricted data.
#[derive(Clone, Debug)]
pub struct Sight {
    /// The figures.
    pub computed: Arc<Computed>,
    /// Whether the values may still change.
    pub provisional: bool,
    /// How the figures came under another map than that of the quarter; `None` under its own.
    pub rule: Option<Rule>,
    withheld: Option<Arc<Withheld>>,
}

/// Which figures of a place are opened: of which quarter, under which map, in which version.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Moment {
    quarter: Quarter,
    map: Option<Date>,
    version: Version,
}

impl Moment {
    /// A quarter that is only a reminder: what was published of it is enough, and does not have to
    /// be computed again while another quarter is being typed.
    #[must_use]
    pub fn as_reminder(self) -> Self {
        Self { version: Version::Published, ..self }
    }
}

impl From<Quarter> for Moment {
    /// As it stands now, under the map of the quarter.
    fn from(quarter: Quarter) -> Self {
        (quarter, None).into()
    }
}

impl From<(Quarter, Option<Date>)> for Moment {
    /// As it stands now, under the map of a day; `None` for that of the quarter.
    fn from((quarter, map): (Quarter, Option<Date>)) -> Self {
        Self { quarter, map, version: Version::Working }
    }
}

impl Sight {
    /// What `actor` may see of `place`, a unit of the country `root`, at a moment: most often a
    /// quarter alone.
    ///
    /// # Errors
    ///
    /// If the store fails. `Ok(Err(_))` if the place did not exist then, or if nothing of it may be
    /// seen.
    pub fn open(
        tx: &mut Tx<'_>,
        actor: &Actor,
        root: &str,
        place: &str,
        moment: impl Into<Moment>,
    ) -> Result<Result<Self, Refused>, Failure> {
        let Moment { quarter, map, version: wanted } = moment.into();
        let map = restated::other_map(tx, root, quarter, map)?;
        let published = super::consolidated::is_published(tx, root, quarter)?;
        let entitled = match map {
            None => super::consolidated::entitled(tx, actor, place, quarter.last_day())?,
            Some(day) => restated::entitled(tx, actor, root, place, (quarter, day))?,
        };
        let version = match (entitled, published) {
            (true, false) => Version::Working,
            (true, true) => wanted,
            (false, true) => Version::Published,
            (false, false) => {
                return Ok(Err(Refused::Unpublished { place: place.to_owned(), quarter }));
            }
        };
        // What stands at this post changes with each cell: only the place itself is computed. What
        // is published is computed whole, since a figure may be withheld for its neighbours' sake.
        // Under another map, values come from anywhere in the country.
        let part = version == Version::Working && map.is_none();
        let whole = if part { place } else { root };
        let Some(found) = consolidated_under(tx, whole, quarter, version, map)? else {
            return Ok(Err(Refused::NotThen { place: place.to_owned(), quarter }));
        };
        if found.computed.land.tree.place(place).is_none() {
            return Ok(Err(Refused::NotThen { place: place.to_owned(), quarter }));
        }
        let withheld = (!entitled).then(|| Arc::clone(&found.withheld));
        Ok(Ok(Self {
            computed: Arc::clone(&found.computed),
            provisional: !published,
            rule: found.rule.clone(),
            withheld,
        }))
    }

    /// The figure of an indicator in a unit; `None` if the indicator is not collected there or if
    /// its figure may not be published.
    pub fn figure(&self, indicator: usize, unit: &str) -> Option<Figure> {
        if self.is_withheld(indicator, unit) {
            return None;
        }
        self.computed.figure(indicator, unit)
    }

    /// Whether the figure exists but may not be published.
    pub fn is_withheld(&self, indicator: usize, unit: &str) -> bool {
        self.withheld.as_ref().is_some_and(|it| it.holds(&self.computed, indicator, unit))
    }

    /// The value as it is shown, as a number.
    pub fn value(&self, indicator: usize, unit: &str) -> Option<Decimal> {
        let found = self.computed.questionnaire().indicators().get(indicator)?;
        self.figure(indicator, unit)?.rounded(found)
    }

    /// What must be kept from the lines of a file.
    pub fn withheld(&self) -> Option<&Withheld> {
        self.withheld.as_deref()
    }
}
