//! Which series the figures are made of, and at which scale each is kept.

use super::{Part, Term};
use crate::questionnaire::{
    Formula, Gathering, Indicator, Kind, Label, Leaf, Level, OverTerritory, Questionnaire, Rhythm,
};
use ::cube::Labelled;
use expressions::{At, Count, Source};
use kernel::{Decimal, Quarter};
use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, OnceLock};

/// The decimals that a cell keeps.
const CELL_PLACES: u8 = 4;
/// The decimals kept of what a formula adds. What has more is kept apart, exactly.
const ADDED_PLACES: u8 = 4;
/// The same, where the formula divides.
const DIVIDED_PLACES: u8 = 6;

/// The series of the figures, numbered for one questionnaire.
#[derive(Debug)]
pub(crate) struct Layout {
    /// The newest questionnaire: it holds every element and cell that any quarter has.
    pub(crate) questionnaire: Arc<Questionnaire>,
    scales: Vec<u8>,
    cells: Vec<Vec<u32>>,
    sums: Vec<Vec<Summed>>,
    /// By indicator.
    pub(crate) lines: Vec<Lines>,
    /// How many forms came in time; there as soon as a return was filed.
    pub(crate) on_time: u32,
    /// There if the return of the unit is public.
    pub(crate) public: u32,
    // Those of everything, and of what is public.
    sectors: [OnceLock<Sectors>; 2],
}

/// The cells that may be added over communes each quarter, by sector, unit and scale.
#[derive(Debug)]
pub(crate) struct Sectors {
    /// What is added apart.
    pub(crate) kinds: Vec<(Arc<Label>, Arc<Label>, u8)>,
    /// The kind of each series.
    pub(crate) series: Labelled,
}

/// Some cells of an element added together: there only if all of them are.
#[derive(Debug)]
pub(crate) struct Summed {
    pub(crate) series: u32,
    pub(crate) part: Part,
    pub(crate) cells: Vec<u16>,
}

/// What units give to those above them, for one indicator.
#[derive(Debug)]
pub(crate) struct Lines {
    /// What is added above the line; only where both sides are there.
    pub(crate) over: u32,
    /// What is added under the line.
    pub(crate) under: u32,
    /// What is added to compute the formula again; empty for most indicators.
    pub(crate) leaves: Vec<((Leaf, At), u32)>,
}

impl Layout {
    pub(crate) fn new(questionnaire: Arc<Questionnaire>) -> Self {
        let mut scales: Vec<u8> = Vec::new();
        let mut add = |scale: u8| {
            scales.push(scale);
            u32::try_from(scales.len() - 1).unwrap_or(u32::MAX)
        };
        let (mut cells, mut sums) = (Vec::new(), Vec::new());
        for (number, element) in (0..).zip(questionnaire.elements()) {
            let scale = if element.kind == Kind::Decimal { CELL_PLACES } else { 0 };
            cells.push(element.cells.iter().map(|_| add(scale)).collect::<Vec<u32>>());
            let mut parts = Vec::new();
            if 1 < element.cells.len() {
                let all = (0..).zip(&element.cells).map(|it| it.0);
                parts.push((Part::Whole, all.collect()));
            }
            if 1 < element.dimensions.len() {
                parts.extend(options(&questionnaire, number));
            }
            let sum = |(part, cells)| Summed { series: add(scale), part, cells };
            sums.push(parts.into_iter().map(sum).collect::<Vec<Summed>>());
        }
        let lines = questionnaire
            .indicators()
            .iter()
            .map(|it| {
                let divides = |it: &Formula| it.to_string().contains('/');
                let places = if divides(&it.numerator) || divides(&it.denominator) {
                    DIVIDED_PLACES
                } else {
                    ADDED_PLACES
                };
                let leaves = read_by(it).into_iter().map(|leaf| (leaf, add(ADDED_PLACES)));
                let leaves = leaves.collect();
                Lines { over: add(places), under: add(places), leaves }
            })
            .collect();
        let (on_time, public) = (add(0), add(0));
        Self {
            questionnaire,
            scales,
            cells,
            sums,
            lines,
            on_time,
            public,
            sectors: [OnceLock::new(), OnceLock::new()],
        }
    }

    /// What is added by sector; without what is restricted, if the public asks.
    pub(crate) fn sectors(&self, public: bool) -> &Sectors {
        self.sectors[usize::from(public)].get_or_init(|| {
            let mut kinds: Vec<(Arc<Label>, Arc<Label>, u8)> = Vec::new();
            let mut labels = vec![Labelled::NONE; self.scales.len()];
            for (element, it) in (0..).zip(self.questionnaire.elements()) {
                let added =
                    matches!(it.over_territory, OverTerritory::Sum | OverTerritory::CountYes);
                let taken = it.rhythm == Rhythm::Quarterly && it.level == Level::Commune;
                if (public && it.restricted) || !added || !taken || !it.kind.is_number() {
                    continue;
                }
                for series in self.cells(element) {
                    let scale = self.scale(*series);
                    let same = |of: &(Arc<Label>, Arc<Label>, u8)| {
                        (&*of.0, &*of.1, of.2) == (&it.sector, &it.unit, scale)
                    };
                    let at = kinds.iter().position(same).unwrap_or_else(|| {
                        kinds.push((it.sector.clone().into(), it.unit.clone().into(), scale));
                        kinds.len() - 1
                    });
                    labels[*series as usize] = u8::try_from(at).unwrap_or(Labelled::NONE);
                }
            }
            Sectors { kinds, series: Labelled::new(labels) }
        })
    }

    /// How many series there are.
    pub(crate) fn series(&self) -> u32 {
        u32::try_from(self.scales.len()).unwrap_or(u32::MAX)
    }

    /// The decimals that a series keeps.
    pub(crate) fn scale(&self, series: u32) -> u8 {
        self.scales.get(series as usize).copied().unwrap_or_default()
    }

    /// The series of the cells of an element.
    pub(crate) fn cells(&self, element: u16) -> &[u32] {
        self.cells.get(usize::from(element)).map_or(&[], Vec::as_slice)
    }

    /// The sums of cells of an element that are kept.
    pub(crate) fn sums(&self, element: u16) -> &[Summed] {
        self.sums.get(usize::from(element)).map_or(&[], Vec::as_slice)
    }

    /// The one series that holds a term; `None` if there is no such part.
    pub(crate) fn series_of(&self, term: Term) -> Option<u32> {
        let kept = self.sums(term.element).iter().find(|it| it.part == term.part);
        if let Some(kept) = kept {
            return Some(kept.series);
        }
        match *self.cells_of(term)?.as_slice() {
            [one] => Some(one),
            _ => None,
        }
    }

    /// The series of the cells of a term.
    pub(crate) fn cells_of(&self, term: Term) -> Option<Vec<u32>> {
        let cells = self.cells.get(usize::from(term.element))?;
        let element = self.questionnaire.element(term.element);
        match term.part {
            Part::Whole => Some(cells.clone()),
            Part::Cell(cell) => Some(vec![*cells.get(usize::from(cell))?]),
            Part::Option { dimension, option } => {
                let at = element.dimensions.iter().position(|it| *it == dimension)?;
                let of = |it: &(&u32, &Vec<u16>)| it.1.get(at) == Some(&option);
                let found: Vec<u32> =
                    cells.iter().zip(&element.cells).filter(of).map(|it| *it.0).collect();
                (!found.is_empty()).then_some(found)
            }
        }
    }
}

fn options(questionnaire: &Questionnaire, number: u16) -> Vec<(Part, Vec<u16>)> {
    let element = questionnaire.element(number);
    let mut out: BTreeMap<(usize, u16), Vec<u16>> = BTreeMap::new();
    for (cell, chosen) in (0..).zip(&element.cells) {
        for (at, option) in chosen.iter().enumerate() {
            out.entry((at, *option)).or_default().push(cell);
        }
    }
    let part =
        |(at, option): (usize, u16)| Part::Option { dimension: element.dimensions[at], option };
    out.into_iter().map(|(key, cells)| (part(key), cells)).collect()
}

/// All that the formula of an indicator that is computed again may read, in any quarter.
fn read_by(indicator: &Indicator) -> BTreeSet<(Leaf, At)> {
    if indicator.gathering != Gathering::Recomputed {
        return BTreeSet::new();
    }
    let seen = RefCell::default();
    for quarter in (1..=4).filter_map(|it| Quarter::new(2024, it)) {
        let all = Everything { quarter, seen: &seen };
        let _ = (indicator.numerator.evaluate(&all), indicator.denominator.evaluate(&all));
    }
    seen.into_inner()
}

/// A source in which everything is one, and which remembers what was read.
struct Everything<'a> {
    quarter: Quarter,
    seen: &'a RefCell<BTreeSet<(Leaf, At)>>,
}

impl Source for Everything<'_> {
    type Leaf = Leaf;

    fn quarter(&self) -> Quarter {
        self.quarter
    }

    fn value(&self, leaf: &Leaf, at: At) -> Option<Decimal> {
        self.seen.borrow_mut().insert((leaf.clone(), at));
        Some(Decimal::ONE)
    }

    fn parameter(&self, _name: &str) -> Option<Decimal> {
        Some(Decimal::ONE)
    }

    fn count(&self, _count: Count) -> Option<Decimal> {
        Some(Decimal::ONE)
    }

    fn communes(&self, _visit: &mut dyn FnMut(&Self)) {}
}
