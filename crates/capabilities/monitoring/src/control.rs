//! The rules, run on a unit for a quarter.

mod message;
#[cfg(test)]
mod tests;
pub mod unusual;

use crate::aggregation::{Data, UnitSource};
use crate::questionnaire::{Label, Level, OverTerritory, Rule, Severity, Test};
use kernel::{Decimal, Quarter};

/// A rule that a unit breaks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Alert {
    /// The code of the rule.
    pub rule: String,
    /// The code of the unit.
    pub unit: String,
    /// The quarter.
    pub quarter: Quarter,
    /// How grave it is.
    pub severity: Severity,
    /// The element, for the rule that is run on each of them.
    pub element: Option<u16>,
    /// The value of the left side; `None` if it is absent.
    pub left: Option<Decimal>,
    /// The value of the right side; `None` if it is a condition or two bounds.
    pub right: Option<Decimal>,
    /// The sentence, with its numbers.
    pub message: Label,
    /// What to do next.
    pub advice: Label,
}

/// Runs the rules of a unit for a quarter, in the order of the questionnaire. Yearly forms are
/// controlled with each quarter that reads them.
pub fn run(data: &Data<'_>, unit: usize, quarter: Quarter) -> Vec<Alert> {
    let Some(level) = data.tree.units().get(unit).map(|it| it.level) else {
        return Vec::new();
    };
    let source = data.source(unit, quarter);
    let mut alerts = Vec::new();
    for rule in data.questionnaire.rules().iter().filter(|it| it.level == level) {
        if rule.data_set.is_some() {
            alerts.extend(alert(data, unit, rule, &source, None));
            continue;
        }
        for (number, element) in (0..).zip(data.questionnaire.elements()) {
            let adds =
                matches!(element.over_territory, OverTerritory::Sum | OverTerritory::CountYes);
            if adds && element.in_force && element.level == Level::Commune {
                let source = source.clone().with_every(number);
                alerts.extend(alert(data, unit, rule, &source, Some(number)));
            }
        }
    }
    alerts
}

/// Runs the rules of a unit and of all those under it: by rule, then by unit in the order of the
/// tree.
pub fn run_under(data: &Data<'_>, unit: usize, quarter: Quarter) -> Vec<Alert> {
    let mut alerts: Vec<Alert> =
        data.tree.under(unit).flat_map(|it| run(data, it, quarter)).collect();
    let order = |code: &str| data.questionnaire.rules().iter().position(|it| it.code == code);
    alerts.sort_by_cached_key(|it| order(&it.rule));
    alerts
}

fn alert(
    data: &Data<'_>,
    unit: usize,
    rule: &Rule,
    source: &UnitSource<'_>,
    element: Option<u16>,
) -> Option<Alert> {
    if let Some(condition) = &rule.condition
        && condition.evaluate(source) != Some(true)
    {
        return None;
    }
    let left = rule.left.evaluate(source);
    let right = match broken(rule, left, source)? {
        Verdict::Holds => return None,
        Verdict::Broken(right) => right,
    };
    Some(Alert {
        rule: rule.code.clone(),
        unit: data.tree.units()[unit].code.clone(),
        quarter: expressions::Source::quarter(source),
        severity: rule.severity,
        element,
        left,
        right,
        message: message::fill(rule, left, right, data.questionnaire, source),
        advice: rule.advice.clone(),
    })
}

enum Verdict {
    Holds,
    Broken(Option<Decimal>),
}

/// `None` if the rule does not apply, because a term is absent or a bound cannot be computed.
fn broken(rule: &Rule, left: Option<Decimal>, source: &UnitSource<'_>) -> Option<Verdict> {
    let verdict = |holds, right| Some(if holds { Verdict::Holds } else { Verdict::Broken(right) });
    // The tolerance is a share of the right side, whatever its sign.
    let slack = |right: Decimal| right.abs().checked_mul(rule.tolerance);
    match &rule.test {
        Test::AtMost(right) => {
            let right = right.evaluate(source)?;
            verdict(left? <= right.checked_add(slack(right)?)?, Some(right))
        }
        Test::AtLeast(right) => {
            let right = right.evaluate(source)?;
            verdict(right.checked_sub(slack(right)?)? <= left?, Some(right))
        }
        Test::Equal(right) => {
            let right = right.evaluate(source)?;
            verdict(left?.checked_sub(right)?.abs() <= slack(right)?, Some(right))
        }
        Test::Between(least, most) => {
            let (least, most) = (least.evaluate(source)?, most.evaluate(source)?);
            let left = left?;
            verdict(least <= left && left <= most, None)
        }
        Test::Varies(right) => {
            let right = right.evaluate(source)?;
            let change = left?.checked_sub(right)?.abs();
            // From nothing, any change is infinite: it is not unusual, it is a beginning.
            let share = change.checked_div(right.abs())?;
            verdict(share <= rule.tolerance, Some(right))
        }
        Test::PresentIf(condition) => match condition.evaluate(source)? {
            true => verdict(left.is_some_and(|it| Decimal::ZERO < it), None),
            false => Some(Verdict::Holds),
        },
        Test::ZeroIf(condition) => match condition.evaluate(source)? {
            true => verdict(left?.is_zero(), None),
            false => Some(Verdict::Holds),
        },
    }
}
