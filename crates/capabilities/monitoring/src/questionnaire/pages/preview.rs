//! What a change would give on the values that this post knows.

use crate::aggregation::Data;
use crate::analysis::{home, quarters_known, root_of};
use crate::control;
use crate::questionnaire::{Questionnaire, Sheet};
use crate::results::{self, Outcome};
use crate::store::{self, Ground, View};
use crate::values::Values;
use db::Tx;
use identity::Actor;
use kernel::{Date, Failure, Quarter};
use std::collections::{BTreeMap, BTreeSet};

/// The units of a preview, at most: the place itself and those directly under it.
const MOST_UNITS: usize = 13;

/// The last quarter of which anything is known, at the visitor's place.
pub(crate) struct Known {
    pub(crate) ground: Ground,
    pub(crate) quarter: Quarter,
    values: Values,
}

/// Reads the values of the last quarter known. `None` if nothing is known here, or if the visitor
/// may not see it.
///
/// # Errors
///
/// If the store fails.
pub(crate) fn known(tx: &mut Tx<'_>, actor: &Actor, today: Date) -> Result<Option<Known>, Failure> {
    let Some(place) = home(tx, actor, today)? else { return Ok(None) };
    let Some(root) = root_of(tx, &place)? else { return Ok(None) };
    let quarters = quarters_known(tx, actor, &root, &place, today)?;
    // What is still being typed is a poor example: the last quarter that is over comes first.
    let over = quarters.iter().rev().find(|it| it.last_day() < today).or(quarters.last());
    let Some(quarter) = over.copied() else { return Ok(None) };
    let Some(ground) = store::ground(tx, &place, quarter.last_day())? else { return Ok(None) };
    if !store::may_read_unpublished(actor, &ground, &place) {
        return Ok(None);
    }
    let span = (store::first_period_of(quarter), quarter);
    let values = store::values_between(tx, actor, &ground, View::Working, span)?;
    Ok(Some(Known { ground, quarter, values }))
}

/// The outcomes of a unit by the code of the indicator.
pub(crate) type Outcomes = BTreeMap<String, Outcome>;

impl Known {
    fn data<'a>(
        &'a self,
        questionnaire: &'a Questionnaire,
        returns: &'a BTreeMap<String, crate::aggregation::Returns>,
    ) -> Data<'a> {
        Data { questionnaire, tree: &self.ground.tree, values: &self.values, returns }
    }

    /// The units that a preview shows: the place and those directly under it.
    pub(crate) fn units(&self) -> Vec<(String, String)> {
        let units = self.ground.tree.units();
        let near = units.iter().filter(|it| it.parent.is_none_or(|it| it == 0));
        near.take(MOST_UNITS)
            .map(|it| (it.code.clone(), self.ground.name(&it.code).to_owned()))
            .collect()
    }

    /// The name of the place.
    pub(crate) fn place(&self) -> &str {
        self.ground.name(self.ground.place())
    }

    /// Some indicators under one questionnaire, by unit.
    pub(crate) fn outcomes(
        &self,
        questionnaire: &Questionnaire,
        codes: &BTreeSet<String>,
    ) -> BTreeMap<String, Outcomes> {
        let mut only = questionnaire.clone();
        for it in &mut only.indicators {
            it.in_force &= codes.contains(&it.code);
        }
        let returns = BTreeMap::new();
        let data = self.data(&only, &returns);
        let results = results::compute(&data, self.quarter);
        let of = |unit: &str| -> Outcomes {
            let found = codes
                .iter()
                .filter_map(|code| Some((code.clone(), results.outcome(code, unit)?.clone())));
            found.collect()
        };
        self.units().into_iter().map(|(unit, _)| (unit.clone(), of(&unit))).collect()
    }

    /// How many units break a rule, with the first sentences.
    pub(crate) fn alerts(
        &self,
        questionnaire: &Questionnaire,
        rule: &str,
    ) -> (usize, Vec<control::Alert>) {
        let mut only = questionnaire.clone();
        only.rules.retain(|it| it.code == rule);
        let returns = BTreeMap::new();
        let alerts = control::run_under(&self.data(&only, &returns), 0, self.quarter);
        (alerts.len(), alerts.into_iter().take(5).collect())
    }
}

/// The indicators that a row concerns: itself, or those that use it.
pub(crate) fn concerned(
    questionnaire: &Questionnaire,
    sheet: Sheet,
    row: &crate::questionnaire::Row,
) -> BTreeSet<String> {
    if sheet == Sheet::Indicators {
        return [row.key.clone()].into();
    }
    let users = super::shown::users(questionnaire, sheet, row).into_iter();
    users.filter(|it| it.0 == Sheet::Indicators).map(|it| it.1).collect()
}
