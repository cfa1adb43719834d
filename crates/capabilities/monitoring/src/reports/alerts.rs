//! The alerts of a published quarter, with the reasons that its public returns carry.

use std::collections::BTreeMap;

use db::Tx;
use kernel::{Failure, Quarter};

use crate::aggregation::Data;
use crate::circuit::{Doubt, rule_id};
use crate::control;
use crate::questionnaire;
use crate::store::{self, Answer, Ground, State};
use crate::values::Values;

/// The alerts on published values. Read once for all units: a country has many.
///
/// # Errors
///
/// If the store fails.
pub(crate) fn published(
    tx: &mut Tx<'_>,
    ground: &Ground,
    state: &State,
    values: &Values,
    quarter: Quarter,
) -> Result<Vec<Doubt>, Failure> {
    let questionnaire = &questionnaire::in_force(tx, quarter)?;
    let returns = BTreeMap::new();
    let data = Data { questionnaire, tree: &ground.tree, values, returns: &returns };
    let alerts = control::run_under(&data, 0, quarter);
    let mut units: Vec<&str> = alerts.iter().map(|it| it.unit.as_str()).collect();
    units.sort_unstable();
    units.dedup();
    let filings = store::filings_of(tx, &units, (quarter, quarter))?;
    let mut given: BTreeMap<String, BTreeMap<String, Answer>> = BTreeMap::new();
    for (unit, of_unit) in &filings {
        let public = of_unit.iter().rev().find(|it| store::is_public(state, ground, it, &filings));
        if let Some(it) = public {
            given.insert(unit.clone(), it.content()?.answers);
        }
    }
    let doubts = alerts.into_iter().map(|alert| {
        let rule = rule_id(questionnaire, &alert);
        let mut doubt = Doubt { alert, rule, answer: None, sent_back: None };
        let answer = given.get(&doubt.alert.unit).and_then(|it| it.get(&doubt.rule));
        let holds = |it: &&Answer| it.left == doubt.left() && it.right == doubt.right();
        doubt.answer = answer.filter(holds).cloned();
        doubt
    });
    Ok(doubts.collect())
}
