//! Columns that only a formula tells, computed from the returns.

use std::collections::BTreeSet;
use std::sync::Arc;

use expressions::{At, Count, Function, Source};
use kernel::{Decimal, Period, Quarter};

use super::{Column, quarter_of};
use crate::aggregation::{Data, UnitSource};
use crate::analysis::{self, Figure, Land};
use crate::explorer::{Measure, Subject};
use crate::questionnaire::{Indicator, Leaf, OverTime, Questionnaire, Rhythm};
use crate::results::compute_from;

/// Computes the columns of some measures for one period.
pub(super) fn compute(
    data: &Data<'_>,
    newest: &Questionnaire,
    land: &Arc<Land>,
    period: Period,
    measures: &[Measure],
) -> Vec<Column> {
    let Some(quarter) = quarter_of(period) else { return Vec::new() };
    let in_force = data.questionnaire;
    // An indicator is computed by the formula of its time.
    let indicators: Vec<Option<Indicator>> = measures
        .iter()
        .map(|it| of_its_time(it, newest, in_force).map(|it| it.indicator(in_force)))
        .collect();
    let known: Vec<Indicator> = indicators.iter().flatten().cloned().collect();
    let results = compute_from(data, &known, quarter, |place, indicator| YearSource {
        now: data.source(place, quarter),
        earlier: match period {
            Period::Year(_) if adds_quarters(indicator) => {
                (1..4).map(|back| data.source(place, quarter.plus(-back))).collect()
            }
            _ => Vec::new(),
        },
        questionnaire: in_force,
    });
    let mut rank = 0;
    let mut out = Vec::new();
    for (measure, indicator) in measures.iter().zip(&indicators) {
        let Some(indicator) = indicator else {
            out.push(Column {
                land: Arc::clone(land),
                figures: vec![None; land.tree.units().len()],
                left_out: BTreeSet::new(),
                hidden: BTreeSet::new(),
                unseen: false,
            });
            continue;
        };
        let figures: Vec<Option<Figure>> = (0..land.tree.units().len())
            .map(|place| {
                results.at(rank, place).map(|it| Figure {
                    numerator: it.numerator,
                    denominator: it.denominator,
                    respondents: it.respondents,
                    expected: it.expected,
                })
            })
            .collect();
        let left_out = results.left_out(rank).collect();
        let hidden = hidden(land, newest, measure, indicator, &figures);
        out.push(Column { land: Arc::clone(land), figures, left_out, hidden, unseen: false });
        rank += 1;
    }
    out
}

/// The measure as the questionnaire of a quarter numbers it; `None` if it did not have it.
fn of_its_time(
    measure: &Measure,
    newest: &Questionnaire,
    in_force: &Questionnaire,
) -> Option<Measure> {
    match measure.subject {
        // Elements and cells are numbered alike in all of them.
        Subject::Element(_) => Some(measure.clone()),
        Subject::Indicator(_) => {
            let code = measure.code(newest);
            let at = in_force.indicators().iter().position(|it| it.code == code)?;
            let subject = Subject::Indicator(u16::try_from(at).ok()?);
            Some(Measure { subject, kept: measure.kept.clone() })
        }
    }
}

/// What may not be published of a measure.
fn hidden(
    land: &Land,
    questionnaire: &Questionnaire,
    measure: &Measure,
    indicator: &Indicator,
    figures: &[Option<Figure>],
) -> BTreeSet<usize> {
    if !measure.is_restricted(questionnaire) {
        return BTreeSet::new();
    }
    analysis::hidden(&land.tree, analysis::threshold(questionnaire), |place| {
        let figure = (*figures.get(place)?)?;
        let sides = (figure.numerator, figure.denominator);
        Some((figure.respondents, analysis::persons(questionnaire, indicator, sides)))
    })
}

/// Whether the year of an indicator adds its quarters: a formula that already looks back over time
/// is read at the end of the year.
pub(crate) fn adds_quarters(indicator: &Indicator) -> bool {
    let looks_back = |it| indicator.numerator.calls(it) || indicator.denominator.calls(it);
    ![Function::LastFourQuarters, Function::YearToDate, Function::Previous, Function::YearBefore]
        .into_iter()
        .any(looks_back)
}

/// What a formula reads in one unit: for a year, the sum of the quarters of each flow, and the end
/// of the year of each stock.
struct YearSource<'a> {
    now: UnitSource<'a>,
    // The three quarters before; none where a single quarter is read.
    earlier: Vec<UnitSource<'a>>,
    questionnaire: &'a Questionnaire,
}

impl<'a> Source for YearSource<'a> {
    type Leaf = Leaf;

    fn quarter(&self) -> Quarter {
        self.now.quarter()
    }

    fn value(&self, leaf: &Leaf, at: At) -> Option<Decimal> {
        let last = self.now.value(leaf, at)?;
        let Leaf::Cells(cells) = leaf else { return Some(last) };
        let element = self.questionnaire.element(cells.element);
        if element.rhythm != Rhythm::Quarterly || element.over_time != OverTime::Sum {
            return Some(last);
        }
        self.earlier.iter().try_fold(last, |sum, it| sum.checked_add(it.value(leaf, at)?))
    }

    fn parameter(&self, name: &str) -> Option<Decimal> {
        self.now.parameter(name)
    }

    fn count(&self, count: Count) -> Option<Decimal> {
        self.now.count(count)
    }

    fn communes(&self, visit: &mut dyn FnMut(&Self)) {
        let mut earlier: Vec<Vec<UnitSource<'a>>> = Vec::new();
        for it in &self.earlier {
            let mut all = Vec::new();
            it.communes(&mut |commune| all.push(commune.clone()));
            earlier.push(all);
        }
        let mut at = 0;
        self.now.communes(&mut |commune| {
            let commune = YearSource {
                now: commune.clone(),
                earlier: earlier.iter().filter_map(|it| it.get(at).cloned()).collect(),
                questionnaire: self.questionnaire,
            };
            visit(&commune);
            at += 1;
        });
    }
}
