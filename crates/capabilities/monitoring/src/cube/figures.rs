//! All figures as of one state of the journal.

use super::land::Maps;
use super::layout::Layout;
use super::side::{Calendar, Side};
use crate::questionnaire::{Questionnaire, Series};
use journal::Head;
use kernel::{Date, Quarter};
use std::collections::BTreeSet;
use std::sync::Arc;

/// Which view of the figures.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Which {
    /// What was filed.
    Filed,
    /// What was published.
    Published,
}

/// The figures of all filed returns as of one state of the journal. Nothing in them changes: a
/// page reads the same figures from its first line to its last. Get them with [`super::figures`].
#[derive(Clone, Debug)]
pub struct Figures {
    pub(crate) layout: Arc<Layout>,
    pub(crate) maps: Arc<Maps>,
    pub(crate) calendar: Calendar,
    /// The first and the last quarter filed.
    pub(crate) known: Option<(Quarter, Quarter)>,
    pub(crate) filed: Side,
    pub(crate) published: Side,
    /// All the editions of the questionnaire.
    pub(crate) series: Arc<Series>,
    /// The questionnaire in force for each period.
    pub(crate) forces: Vec<Arc<Questionnaire>>,
    /// The countries (by unit) and periods that are published.
    pub(crate) open: Arc<BTreeSet<(u32, u32)>>,
    pub(crate) head: Head,
    /// When this post learned the latest fact of the monitoring.
    pub(crate) day: Option<Date>,
    pub(crate) withheld: super::withheld::Kept,
    pub(crate) counts: super::filled::Counts,
}

impl Figures {
    /// The questionnaire whose numbers measures use.
    pub fn questionnaire(&self) -> &Arc<Questionnaire> {
        &self.layout.questionnaire
    }

    pub(crate) fn side(&self, which: Which) -> &Side {
        match which {
            Which::Filed => &self.filed,
            Which::Published => &self.published,
        }
    }

    /// The first and the last quarter for which any return was filed.
    pub fn quarters(&self) -> Option<(Quarter, Quarter)> {
        self.known
    }

    /// The slots between the first and the last quarter for which any return was filed.
    pub(crate) fn slots(&self) -> std::ops::Range<u32> {
        let slots = self.known.and_then(|(first, last)| {
            Some(self.calendar.slot(first)?..self.calendar.slot(last)? + 1)
        });
        slots.unwrap_or_default()
    }

    /// The questionnaire in force for a period, or the newest one.
    pub(crate) fn force(&self, slot: u32) -> &Arc<Questionnaire> {
        self.forces.get(slot as usize).unwrap_or(&self.layout.questionnaire)
    }

    /// The civil date on which this post learned the latest fact of the monitoring.
    pub fn day(&self) -> Option<Date> {
        self.day
    }

    /// How many cells are held: filed, and published.
    pub fn values(&self) -> (u64, u64) {
        (self.filed.cube.values(), self.published.cube.values())
    }

    /// How many bytes the rows take, those that both views share counted twice.
    pub fn bytes(&self) -> usize {
        self.filed.cube.bytes() + self.published.cube.bytes()
    }
}
