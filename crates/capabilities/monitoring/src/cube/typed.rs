//! What is being typed, laid over the figures of what was filed: for one quarter, and for the pages
//! of those who type. Nothing of it is kept.

use super::derive::Touched;
use super::figures::{Figures, Which};
use super::reader::counted;
use super::side::Changes;
use crate::questionnaire::{CellId, Kind};
use crate::store::Draft;
use kernel::{Decimal, Failure, Period, Quarter};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// Where the cells of one element of one return lie: the slot and the unit, the element, the period.
type Place = (u32, u32, u16, Period);

impl Figures {
    /// These figures with these drafts over what was filed, right for one quarter only. `None` if
    /// the quarter, or a period that is typed, is outside the quarters that are held.
    pub(crate) fn typed(
        &self,
        drafts: &[Draft],
        quarter: Quarter,
    ) -> Result<Option<Self>, Failure> {
        let own = self.calendar.slot(quarter).filter(|it| self.slots().contains(it));
        let Some(own) = own else { return Ok(None) };
        let layout = Arc::clone(&self.layout);
        let mut typed: BTreeMap<Place, BTreeMap<u16, Option<Decimal>>> = BTreeMap::new();
        let mut units = BTreeSet::new();
        for it in drafts {
            // A unit that no map has shows nothing.
            let Some(unit) = self.maps.number(&it.unit) else { continue };
            let Some(slot) = self.calendar.kept(it.period) else { return Ok(None) };
            // What is typed for later is read by no formula of this quarter: those of its year, and
            // of its school year, lie three slots on at most.
            if own + 3 < slot {
                continue;
            }
            let element = layout.questionnaire.element(it.cell.element);
            let is_choice = matches!(element.kind, Kind::Choice(_));
            let value = it.value.as_deref().and_then(|text| counted(is_choice, text));
            let place = (slot, unit, it.cell.element, it.period);
            typed.entry(place).or_default().insert(it.cell.cell, value);
            units.insert(unit);
        }
        let mut changes = Changes::default();
        for (place, cells) in &typed {
            self.lay(*place, cells, &mut changes);
        }
        let mut next = Self { withheld: Arc::default(), counts: Arc::default(), ..self.clone() };
        next.filed.apply(changes, None).map_err(Failure::broken)?;
        let mut touched = Touched::default();
        touched.only((Which::Filed, own), units);
        next.derive(touched)?;
        Ok(Some(next))
    }

    /// Lays the cells of one element over those that were filed, with the sums that they are in.
    fn lay(
        &self,
        (slot, unit, number, period): Place,
        cells: &BTreeMap<u16, Option<Decimal>>,
        changes: &mut Changes,
    ) {
        let (layout, side) = (&self.layout, &self.filed);
        let element = layout.questionnaire.element(number);
        let edition = side.edition(period, slot, unit);
        let asked_in = edition.or_else(|| element.rhythm.first_quarter(period));
        let asks = |cell: u16| asked_in.is_some_and(|it| element.asks(cell, it));
        let series = layout.cells(number);
        let value = |cell: u16| match cells.get(&cell) {
            Some(value) => value.filter(|_| asks(cell)),
            None => side.get(layout, *series.get(usize::from(cell))?, slot, unit),
        };
        for cell in cells.keys() {
            let id = CellId { element: number, cell: *cell };
            if let Some(series) = series.get(usize::from(id.cell)) {
                changes.put(layout, (*series, slot, unit), value(*cell));
            }
        }
        for sum in layout.sums(number) {
            let mut asked = sum.cells.iter().copied().filter(|it| asks(*it)).peekable();
            let total = asked
                .peek()
                .is_some()
                .then(|| asked.try_fold(Decimal::ZERO, |sum, it| sum.checked_add(value(it)?)));
            changes.put(layout, (sum.series, slot, unit), total.flatten());
        }
    }
}
