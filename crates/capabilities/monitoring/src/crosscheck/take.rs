//! The values of a foreign table under a mapping: all of them, or what is wrong with each.

use super::mapping::{read_period, target};
use super::places::Written;
use super::{Mapping, OtherValue};
use crate::questionnaire::{Level, OverTerritory, Questionnaire, Rhythm};
use kernel::search::fold;
use kernel::{Decimal, Message, Period};
use std::collections::{BTreeMap, BTreeSet};
use tables::{Sheet, Value, letters};

/// So many faults are kept; their number is counted on.
const TOLD: usize = 50;

/// A cell that cannot be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The line.
    pub line: u32,
    /// The letters of the column, and its heading.
    pub column: String,
    /// What is wrong.
    pub message: Message,
}

/// What a table gives.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Taken {
    /// The values, in the order of the file.
    pub values: Vec<OtherValue>,
    /// The first faults.
    pub faults: Vec<Fault>,
    /// How many there are.
    pub faulty: usize,
    /// Cells that say nothing (empty, `-`, `n.d.`): absent is not zero.
    pub absent: usize,
    /// Lines of places that a person left out, or of none of ours.
    pub left_out: usize,
    /// Lines of totals.
    pub totals: Vec<u32>,
}

/// The places that a sheet names, each once, in the order of the file.
pub(super) fn written(sheet: &Sheet, mapping: &Mapping) -> Vec<Written> {
    let headings = sheet.headings(mapping.heading);
    let column = |name: &str| headings.iter().find(|it| it.name == name).map(|it| it.column);
    let Some(place) = column(&mapping.place) else { return Vec::new() };
    let above = column(&mapping.above);
    let (mut seen, mut out) = (BTreeSet::new(), Vec::new());
    for row in sheet.lines_below(mapping.heading) {
        let name = row.text(place);
        if name.is_empty() {
            continue;
        }
        let it = Written { name, above: above.map(|it| row.text(it)).unwrap_or_default() };
        if seen.insert(it.key()) {
            out.push(it);
        }
    }
    out
}

/// Reads the values of a sheet. `places` holds, by [`Written::key`], the code of the place that it
/// is; an empty code leaves its lines out.
pub fn take(
    questionnaire: &Questionnaire,
    sheet: &Sheet,
    mapping: &Mapping,
    places: &BTreeMap<String, String>,
) -> Taken {
    let headings = sheet.headings(mapping.heading);
    let column = |name: &str| headings.iter().find(|it| it.name == name).map(|it| it.column);
    let mut taken = Taken { totals: sheet.totals_below(mapping.heading), ..Taken::default() };
    let Some(place) = column(&mapping.place) else { return taken };
    let (above, period_at) = (column(&mapping.above), column(&mapping.period_column));
    let fixed = read_period(&mapping.period);
    let mut seen = BTreeSet::new();
    for row in sheet.lines_below(mapping.heading) {
        let line = row.line;
        let stop = |taken: &mut Taken, at: u16, message: Message| {
            taken.faulty += 1;
            if taken.faults.len() < TOLD {
                let heading = headings.get(usize::from(at)).map_or("", |it| it.text.as_str());
                let column = format!("{} {heading}", letters(at)).trim().to_owned();
                taken.faults.push(Fault { line, column, message });
            }
        };
        let name = row.text(place);
        if name.is_empty() {
            // A line without a place: a remark, or the end of the table.
            continue;
        }
        let it = Written { name, above: above.map(|it| row.text(it)).unwrap_or_default() };
        let Some(unit) = places.get(&it.key()).filter(|it| !it.is_empty()) else {
            taken.left_out += 1;
            continue;
        };
        let period = match period_at {
            None => fixed,
            Some(at) => {
                let text = row.text(at);
                let read = read_period(&text);
                if read.is_none() {
                    stop(
                        &mut taken,
                        at,
                        Message::new("crosscheck-not-a-period").with("found", text),
                    );
                    continue;
                }
                read
            }
        };
        let Some(period) = period else { continue };
        for wanted in &mapping.columns {
            let Some(at) = column(&wanted.heading) else { continue };
            let cell = row.cell(at);
            let number = match &cell.value {
                Value::Number(it) => *it,
                Value::Percent(it) if is_share(questionnaire, &wanted.target) => *it,
                Value::Percent(_) => {
                    let found = cell.value.to_string();
                    stop(&mut taken, at, Message::new("crosscheck-percent").with("found", found));
                    continue;
                }
                it if says_nothing(it) => {
                    taken.absent += 1;
                    continue;
                }
                it => {
                    let message = Message::new("crosscheck-not-a-number");
                    stop(&mut taken, at, message.with("found", it));
                    continue;
                }
            };
            let factor: Decimal = wanted.factor.parse().unwrap_or(Decimal::ONE);
            let Some(number) = number.checked_mul(factor) else {
                stop(&mut taken, at, Message::new("crosscheck-too-large"));
                continue;
            };
            if !seen.insert((unit.clone(), period, wanted.target.clone())) {
                let message = Message::new("crosscheck-twice").with("place", &it.name);
                stop(&mut taken, at, message);
                continue;
            }
            taken.values.push(OtherValue {
                unit: unit.clone(),
                period: period.to_string(),
                target: wanted.target.clone(),
                value: number.normalize().to_string(),
                line,
            });
        }
    }
    taken
}

/// The ways of saying nothing.
fn says_nothing(value: &Value) -> bool {
    match value {
        Value::Empty => true,
        Value::Text(it) => {
            let plain = fold(it);
            plain.is_empty()
                || matches!(plain.as_str(), "n d" | "nd" | "nsp" | "n a" | "na" | "neant connu")
        }
        _ => false,
    }
}

fn is_share(questionnaire: &Questionnaire, text: &str) -> bool {
    let found = target(questionnaire, text);
    found.is_some_and(|it| questionnaire.element(it.cells.element).unit.french.contains('%'))
}

/// Whether figures of an element can stand for a period and a level, and if not, the key of why.
pub(super) fn fits(
    questionnaire: &Questionnaire,
    element: u16,
    period: Option<Period>,
    level: Level,
) -> Result<(), &'static str> {
    let element = questionnaire.element(element);
    if level < element.level {
        return Err("crosscheck-level-below");
    }
    if element.level < level && element.over_territory != OverTerritory::Sum {
        return Err("crosscheck-no-sum");
    }
    if matches!(period, Some(Period::Quarter(_))) && element.rhythm != Rhythm::Quarterly {
        return Err("crosscheck-yearly");
    }
    Ok(())
}
