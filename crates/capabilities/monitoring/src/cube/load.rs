//! From filed returns to figures, and from the figures of before to those of now.

use super::derive::Touched;
use super::figures::{Figures, Which};
use super::land::Maps;
use super::layout::Layout;
use super::reader::counted;
use super::side::{Calendar, Changes, Side};
use crate::analysis;
use crate::circuit::CIRCUIT_SET;
use crate::questionnaire::{self, CellId, DECIDING, Kind, Rhythm};
use crate::store::{self, Filing, Ground, ReturnFiled, Stage, State};
use db::Tx;
use journal::{Head, Journal};
use kernel::{Decimal, Failure, Period, Quarter};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

const RHYTHMS: [Rhythm; 3] = [Rhythm::Quarterly, Rhythm::Yearly, Rhythm::SchoolYear];

/// Entries that change no map and no return.
const OTHER_PLACES: [&str; 2] = [territory::OUTLINES_LOADED, territory::FOREIGN_NAMED];

impl Figures {
    /// The figures of all that this post knows.
    ///
    /// # Errors
    ///
    /// If the store fails or is damaged.
    pub(crate) fn build(tx: &mut Tx<'_>, head: Head) -> Result<Self, Failure> {
        let series = questionnaire::series(tx)?;
        let layout = Arc::new(Layout::new(Arc::clone(series.editions.newest())));
        let maps = Arc::new(Maps::read(tx)?);
        let known = store::filed_span(tx)?;
        let first = known.map(|it| it.0).or_else(|| Quarter::new(2000, 1));
        let first = first.ok_or_else(|| Failure::told("no calendar"))?;
        let side = Side::new(&layout);
        let mut figures = Self {
            // A school year that is read in its last quarter lies three quarters earlier.
            calendar: Calendar { first: first.plus(-3) },
            known,
            filed: side.clone(),
            published: side,
            series,
            forces: Vec::new(),
            day: analysis::stamp(tx)?.day(),
            open: Arc::default(),
            layout,
            maps,
            head,
            withheld: Arc::default(),
            counts: Arc::default(),
        };
        figures.lengthen();
        let state = store::passages_of_all(tx, None)?;
        let mut touched = Touched::default();
        for slot in figures.slots() {
            let quarter = figures.calendar.quarter(slot);
            let returns = figures.returns_of(tx, quarter)?;
            figures.take_filed(slot, returns.values().flatten(), &mut touched)?;
            if !figures.take_public(slot, &state, &returns, &mut touched)? {
                return Err(Failure::told("the publications contradict each other"));
            }
            figures.fill(slot, &mut touched)?;
        }
        figures.derive(touched)?;
        Ok(figures)
    }

    /// The figures of now, made from these; `None` if too much has changed: they are then made
    /// anew.
    ///
    /// # Errors
    ///
    /// If the store fails or is damaged.
    pub(crate) fn caught_up(&self, tx: &mut Tx<'_>, head: Head) -> Result<Option<Self>, Failure> {
        let kinds = Journal::kinds_after(tx, self.head.arrival)?;
        let of_places =
            |it: &&String| it.starts_with("territory.") && !OTHER_PLACES.contains(&it.as_str());
        let moved = kinds.iter().any(|it| of_places(&it) || it == CIRCUIT_SET)
            || kinds.iter().any(|it| DECIDING.contains(&it.as_str()));
        if moved {
            return Ok(None);
        }
        let mut next = Self { head, ..self.clone() };
        if !kinds.iter().any(|it| it.starts_with("monitoring.")) {
            return Ok(Some(next));
        }
        (next.withheld, next.counts) = (Arc::default(), Arc::default());
        next.day = analysis::stamp(tx)?.day();
        let filed = store::filings_after(tx, self.head.arrival)?;
        let passed = store::passed_after(tx, self.head.arrival)?;
        let mut touched = Touched::default();
        let mut new: BTreeMap<u32, Vec<&Filing>> = BTreeMap::new();
        for it in &filed {
            if it.quarter < self.calendar.first.plus(3) {
                return Ok(None);
            }
            let Some(slot) = self.calendar.slot(it.quarter) else { return Ok(None) };
            new.entry(slot).or_default().push(it);
            let (first, last) = next.known.unwrap_or((it.quarter, it.quarter));
            next.known = Some((first.min(it.quarter), last.max(it.quarter)));
        }
        if next.known != self.known {
            if self.known.is_none() {
                return Ok(None);
            }
            next.lengthen();
            for slot in next.slots().filter(|it| !self.slots().contains(it)) {
                next.fill(slot, &mut touched)?;
            }
        }
        for (slot, filings) in new {
            next.take_filed(slot, filings.into_iter(), &mut touched)?;
        }
        if store::is_any_corrected(tx)?
            && !next.take_corrected(tx, self.head, &filed, &mut touched)?
        {
            return Ok(None);
        }
        for quarter in passed {
            let Some(slot) = next.calendar.slot(quarter).filter(|it| next.slots().contains(it))
            else {
                continue;
            };
            let state = store::passages_of_all(tx, Some(quarter))?;
            let returns = next.returns_of(tx, quarter)?;
            if !next.take_public(slot, &state, &returns, &mut touched)? {
                return Ok(None);
            }
            next.fill(slot, &mut touched)?;
        }
        next.derive(touched)?;
        Ok(Some(next))
    }

    /// Makes room for all known quarters and the years that they read.
    pub(crate) fn lengthen(&mut self) {
        let slots = self.slots().end;
        let kept = if slots == 0 { 0 } else { slots + 3 };
        for side in [&mut self.filed, &mut self.published] {
            side.cube.lengthen(kept as usize);
        }
        for slot in u32::try_from(self.forces.len()).unwrap_or(u32::MAX)..slots {
            let quarter = self.calendar.quarter(slot);
            self.forces.push(self.series.in_force(quarter));
        }
    }

    fn returns_of(
        &self,
        tx: &mut Tx<'_>,
        quarter: Quarter,
    ) -> Result<BTreeMap<String, Vec<Filing>>, Failure> {
        let codes: Vec<&str> = self.maps.codes().iter().map(String::as_str).collect();
        store::filings_of(tx, &codes, (quarter, quarter))
    }

    /// Takes in returns that were filed for a quarter, each unit's in order of arrival.
    fn take_filed<'a>(
        &mut self,
        slot: u32,
        filings: impl Iterator<Item = &'a Filing>,
        touched: &mut Touched,
    ) -> Result<(), Failure> {
        let day = self.calendar.quarter(slot).last_day();
        let mut changes = Changes::default();
        let mut last: BTreeMap<u32, &Filing> = BTreeMap::new();
        let (layout, maps) = (Arc::clone(&self.layout), Arc::clone(&self.maps));
        let land = maps.on(day)?;
        let mut timely: BTreeSet<u32> = BTreeSet::new();
        let quarter = self.calendar.quarter(slot);
        let mut grounds: BTreeMap<&str, store::Ground> = BTreeMap::new();
        for filing in filings {
            let Some(unit) = maps.number(&filing.unit) else { continue };
            let known = self.filed.has(layout.on_time, slot, unit) || timely.contains(&unit);
            if let Some(place) = land.place_of(unit).filter(|_| !known) {
                let level = land.level(place);
                let tree = &land.tree;
                let top = tree.above(place).last().unwrap_or(place);
                let country = tree.units()[top].code.as_str();
                let ground =
                    grounds.entry(country).or_insert_with(|| maps.ground(land, country, quarter));
                let due = store::deadline(ground, self.force(slot), &filing.unit, quarter);
                let on_time = store::came_in_time(self.force(slot), level, filing, due)?;
                changes.put(&layout, (layout.on_time, slot, unit), Some(on_time.into()));
                timely.insert(unit);
            }
            last.insert(unit, filing);
        }
        for (unit, filing) in last {
            let content = filing.content()?;
            self.take(Which::Filed, (slot, unit, filing), &content, &mut changes);
            touched.add(Which::Filed, slot, unit);
        }
        self.filed.apply(changes, None).map_err(Failure::broken)
    }

    /// Takes in what was corrected since in returns that stand here: only the cells that changed are
    /// written. `false` if a correction stands elsewhere: between two returns, or before one that
    /// came later.
    fn take_corrected(
        &mut self,
        tx: &mut Tx<'_>,
        before: Head,
        filed: &[Filing],
        touched: &mut Touched,
    ) -> Result<bool, Failure> {
        // Corrections may have waited for the returns that came now.
        for it in filed {
            let last = store::versions_of(tx, &it.unit, (it.quarter, it.quarter))?.pop();
            if last.is_some_and(|last| last.mark != it.mark && last.arrival <= before.arrival) {
                return Ok(false);
            }
        }
        let mut changes = Changes::default();
        let mut changed_here: BTreeSet<(u32, u32)> = BTreeSet::new();
        let mut marks: BTreeMap<String, BTreeMap<(Quarter, String), i64>> = BTreeMap::new();
        for it in store::corrected_after(tx, before.arrival)? {
            let Some(unit) = self.maps.number(&it.unit) else { continue };
            if !marks.contains_key(&it.unit) {
                let all = (self.calendar.first, self.calendar.first.plus(400));
                let known = store::versions_of(tx, &it.unit, all)?;
                let known = known.into_iter().map(|it| ((it.quarter, it.mark), it.arrival));
                marks.insert(it.unit.clone(), known.collect());
            }
            let known = &marks[&it.unit];
            for (quarter, changed) in &it.quarters {
                let Some(of) = known.get(&(*quarter, changed.of.clone())) else { continue };
                let Some(slot) = self.calendar.slot(*quarter) else { return Ok(false) };
                if self.filed.arrival(Rhythm::Quarterly, slot, unit) != *of {
                    return Ok(false);
                }
                // A second correction of a return is made on what the first one left.
                if !changed_here.insert((slot, unit)) {
                    let first = std::mem::take(&mut changes);
                    self.filed.apply(first, None).map_err(Failure::broken)?;
                    changed_here = BTreeSet::from([(slot, unit)]);
                }
                self.correct((slot, unit, it.arrival), &changed.values, &mut changes);
                touched.add(Which::Filed, slot, unit);
            }
        }
        self.filed.apply(changes, None).map_err(Failure::broken)?;
        Ok(true)
    }

    /// Writes corrected cells, and the sums that they are in.
    fn correct(
        &mut self,
        (slot, unit, arrival): (u32, u32, i64),
        values: &BTreeMap<String, String>,
        changes: &mut Changes,
    ) {
        let layout = Arc::clone(&self.layout);
        let quarter = self.calendar.quarter(slot);
        let period = Period::Quarter(quarter);
        let asked_in = self.filed.edition(period, slot, unit).unwrap_or(quarter);
        self.filed.note(Rhythm::Quarterly, slot, unit, arrival);
        let mut cells: BTreeMap<CellId, Option<Decimal>> = BTreeMap::new();
        for (cell, value) in values {
            let Some(cell) = layout.questionnaire.cell_of(cell) else { continue };
            let element = layout.questionnaire.element(cell.element);
            let is_choice = matches!(element.kind, Kind::Choice(_));
            if element.rhythm == Rhythm::Quarterly && element.asks(cell.cell, asked_in) {
                cells.insert(cell, counted(is_choice, value));
            }
        }
        let elements: BTreeSet<u16> = cells.keys().map(|it| it.element).collect();
        for (cell, value) in &cells {
            if let Some(series) = layout.cells(cell.element).get(usize::from(cell.cell)) {
                changes.put(&layout, (*series, slot, unit), *value);
            }
        }
        for number in elements {
            let element = layout.questionnaire.element(number);
            let value = |cell: u16| {
                let series = layout.cells(number)[usize::from(cell)];
                let held = || self.filed.get(&layout, series, slot, unit);
                cells.get(&CellId { element: number, cell }).copied().unwrap_or_else(held)
            };
            for sum in layout.sums(number) {
                let asked = sum.cells.iter().copied().filter(|it| element.asks(*it, asked_in));
                let mut asked = asked.peekable();
                let total = asked
                    .peek()
                    .is_some()
                    .then(|| asked.try_fold(Decimal::ZERO, |sum, it| sum.checked_add(value(it)?)));
                changes.put(&layout, (sum.series, slot, unit), total.flatten());
            }
        }
    }

    /// Takes in what is public of a quarter; `false` if something is public no longer.
    fn take_public(
        &mut self,
        slot: u32,
        state: &State,
        returns: &BTreeMap<String, Vec<Filing>>,
        touched: &mut Touched,
    ) -> Result<bool, Failure> {
        let quarter = self.calendar.quarter(slot);
        let maps = Arc::clone(&self.maps);
        let land = maps.on(quarter.last_day())?;
        let all = land.tree.units();
        let mut changes = Changes::default();
        for (top, country) in all.iter().enumerate().filter(|it| it.1.parent.is_none()) {
            if state.last(&country.code, quarter, Stage::Published).is_none() {
                continue;
            }
            Arc::make_mut(&mut self.open).insert((land.units[top], slot));
            let ground = maps.ground(land, &country.code, quarter);
            for place in land.tree.under(top) {
                let key = (slot, land.units[place]);
                let code = all[place].code.as_str();
                let filings = returns.get(code).map_or(&[][..], Vec::as_slice);
                if !self.take_public_of(
                    (key, code),
                    (state, &ground),
                    filings,
                    (&mut changes, touched),
                )? {
                    return Ok(false);
                }
            }
        }
        let twin = self.filed.cube.clone();
        self.published.apply(changes, Some(&twin)).map_err(Failure::broken)?;
        Ok(true)
    }

    fn take_public_of(
        &mut self,
        ((slot, unit), code): ((u32, u32), &str),
        (state, ground): (&State, &Ground),
        filings: &[Filing],
        (changes, touched): (&mut Changes, &mut Touched),
    ) -> Result<bool, Failure> {
        let layout = Arc::clone(&self.layout);
        let quarter = self.calendar.quarter(slot);
        let was_public = self.published.has(layout.public, slot, unit);
        if state.public_closing(ground, code, quarter).is_none() {
            return Ok(!was_public);
        }
        if !was_public {
            changes.put(&layout, (layout.public, slot, unit), Some(Decimal::ONE));
            touched.add(Which::Published, slot, unit);
        }
        let until = store::public_until(state, ground, (code, quarter), filings);
        let before = self.published.arrival(Rhythm::Quarterly, slot, unit);
        let until = until.as_ref();
        let filing = filings.iter().rev().find(|it| until.is_some_and(|until| until.covers(it)));
        let now = filing.map_or(0, |it| it.arrival);
        if now < before {
            return Ok(false);
        }
        if let Some(filing) = filing.filter(|_| before < now) {
            let content = filing.content()?;
            self.take(Which::Published, (slot, unit, filing), &content, changes);
            touched.add(Which::Published, slot, unit);
        }
        Ok(true)
    }

    /// Takes in one return: it replaces what its own forms show.
    fn take(
        &mut self,
        which: Which,
        (slot, unit, filing): (u32, u32, &Filing),
        content: &ReturnFiled,
        changes: &mut Changes,
    ) {
        let layout = Arc::clone(&self.layout);
        let (quarter, calendar) = (self.calendar.quarter(slot), self.calendar);
        // A return of another edition than that of its quarter is read under its own.
        let editions = &self.series.editions;
        let filled_with = editions.marked(&content.questionnaire);
        let other = filled_with.filter(|it| *it != editions.place(quarter));
        let edition = other.and_then(|it| editions.quarter_of(it));
        let side = match which {
            Which::Filed => &mut self.filed,
            Which::Published => &mut self.published,
        };
        for rhythm in RHYTHMS {
            let period = rhythm.period(quarter);
            let Some(slot) = calendar.kept(period) else { continue };
            // Corrections change the cells of quarters alone.
            let of_quarter = rhythm == Rhythm::Quarterly;
            let arrival = if of_quarter { filing.arrival } else { filing.filed() };
            let before = side.arrival(rhythm, slot, unit);
            // A yearly value may have come with the return of another quarter, later.
            if arrival < before {
                continue;
            }
            side.note(rhythm, slot, unit, arrival);
            side.note_edition(period, (slot, unit), edition);
            let asked_in = edition.or_else(|| rhythm.first_quarter(period));
            let mut cells: BTreeMap<CellId, Decimal> = BTreeMap::new();
            for (cell, value) in content.values.get(&period.to_string()).into_iter().flatten() {
                let Some(cell) = layout.questionnaire.cell_of(cell) else { continue };
                let element = layout.questionnaire.element(cell.element);
                let is_choice = matches!(element.kind, Kind::Choice(_));
                if element.rhythm == rhythm
                    && let Some(value) = counted(is_choice, value)
                {
                    cells.insert(cell, value);
                }
            }
            for (number, element) in (0..).zip(layout.questionnaire.elements()) {
                let range = CellId { element: number, cell: 0 }..=CellId {
                    element: number,
                    cell: u16::MAX,
                };
                let empty = cells.range(range).next().is_none();
                if element.rhythm != rhythm || (empty && before == 0) {
                    continue;
                }
                let asks = |cell: u16| asked_in.is_some_and(|it| element.asks(cell, it));
                let value = |cell: u16| {
                    cells.get(&CellId { element: number, cell }).copied().filter(|_| asks(cell))
                };
                for (cell, series) in (0..).zip(layout.cells(number)) {
                    changes.put(&layout, (*series, slot, unit), value(cell));
                }
                for sum in layout.sums(number) {
                    let mut asked = sum.cells.iter().copied().filter(|it| asks(*it)).peekable();
                    let total = asked.peek().is_some().then(|| {
                        asked.try_fold(Decimal::ZERO, |sum, it| sum.checked_add(value(it)?))
                    });
                    let total = total.flatten();
                    changes.put(&layout, (sum.series, slot, unit), total);
                }
            }
        }
    }
}
