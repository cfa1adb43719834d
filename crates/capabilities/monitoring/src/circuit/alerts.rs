//! Alerts and the reasons given for the figures that they doubt.

use super::refused::{Refused, reason};
use super::{begun, ground_of};
use crate::aggregation::Data;
use crate::control::unusual::{Against, Unusual, unusual_under};
use crate::control::{self, Alert};
use crate::questionnaire::{self, Label, Questionnaire, Severity};
use crate::store::{
    self, ALERT_ANSWERED, AlertAnswered, Answer, Ground, SentBack, View, answers, first_period_of,
    passages,
};
use crate::values::Values;
use db::Tx;
use identity::{Action, Actor, Ctx, Fact};
use journal::Audience;
use kernel::{Decimal, Failure, Quarter, Stop};
use std::collections::BTreeMap;

/// An alert, and what was said of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Doubt {
    /// The alert.
    pub alert: Alert,
    /// How the circuit names it: `V018`, or `V070/EDI_DELIB`.
    pub rule: String,
    /// The reason given for these very values.
    pub answer: Option<Answer>,
    /// What the cercle asks the commune about these very values.
    pub sent_back: Option<SentBack>,
}

impl Doubt {
    /// Whether the quarter cannot be passed on before somebody answers.
    pub fn is_open(&self) -> bool {
        let doubted = self.alert.severity != Severity::Information && self.answer.is_none();
        doubted || self.sent_back.is_some()
    }

    /// Its anchor on the page of alerts: `EX-C3.V018`.
    pub fn anchor(&self) -> String {
        format!("{}.{}", self.alert.unit, self.rule.replace('/', "."))
    }

    /// The left side, as a program writes it.
    pub fn left(&self) -> String {
        side(self.alert.left)
    }

    /// The right side.
    pub fn right(&self) -> String {
        side(self.alert.right)
    }
}

fn side(value: Option<Decimal>) -> String {
    value.map(|it| it.normalize().to_string()).unwrap_or_default()
}

/// How the circuit names an alert.
pub fn rule_id(questionnaire: &Questionnaire, alert: &Alert) -> String {
    match alert.element {
        Some(it) => format!("{}/{}", alert.rule, questionnaire.element(it).code),
        None => alert.rule.clone(),
    }
}

/// The alerts of a place and of the units under it, on what this actor may see.
///
/// # Errors
///
/// If the store fails.
pub fn doubts(
    tx: &mut Tx<'_>,
    actor: &Actor,
    ground: &Ground,
    quarter: Quarter,
) -> Result<Vec<Doubt>, Failure> {
    let span = (first_period_of(quarter), quarter);
    let values = store::values_between(tx, actor, ground, View::Working, span)?;
    doubts_of(tx, actor, ground, &values, quarter)
}

/// As [`doubts`], on values that were read already.
///
/// # Errors
///
/// If the store fails.
pub fn doubts_of(
    tx: &mut Tx<'_>,
    actor: &Actor,
    ground: &Ground,
    values: &Values,
    quarter: Quarter,
) -> Result<Vec<Doubt>, Failure> {
    let held = questionnaire::in_force(tx, quarter)?;
    let questionnaire = &*held;
    let returns = BTreeMap::new();
    let data = Data { questionnaire, tree: &ground.tree, values, returns: &returns };
    let (mut given, mut asked) = (BTreeMap::new(), BTreeMap::new());
    let mut found = Vec::new();
    for alert in control::run_under(&data, 0, quarter) {
        if !given.contains_key(&alert.unit) {
            let answers = answers(tx, actor, ground, &alert.unit, quarter)?;
            given.insert(alert.unit.clone(), answers);
            let sent_back = store::sent_back(tx, actor, ground, &alert.unit, quarter)?;
            asked.insert(alert.unit.clone(), sent_back);
        }
        let rule = rule_id(questionnaire, &alert);
        let doubt = Doubt { alert, rule, answer: None, sent_back: None };
        let answer = given.get(&doubt.alert.unit).and_then(|it| it.get(&doubt.rule));
        let holds = |it: &&Answer| it.left == doubt.left() && it.right == doubt.right();
        let answer = answer.filter(holds).cloned();
        let sent_back = asked.get(&doubt.alert.unit).and_then(|it| it.get(&doubt.rule));
        let holds = |it: &&SentBack| it.left == doubt.left() && it.right == doubt.right();
        let sent_back = sent_back.filter(holds).cloned();
        found.push(Doubt { answer, sent_back, ..doubt });
    }
    Ok(found)
}

/// An unusual value, as an alert that can be answered: information only, apart from the alerts of
/// the rules.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Oddity {
    /// The value with its numbers.
    pub unusual: Unusual,
    /// The same as an alert, and what was said of it.
    pub doubt: Doubt,
}

/// The unusual values of a place and of the units under it, on values that were read already.
///
/// # Errors
///
/// If the store fails.
pub fn oddities_of(
    tx: &mut Tx<'_>,
    actor: &Actor,
    ground: &Ground,
    values: &Values,
    quarter: Quarter,
) -> Result<Vec<Oddity>, Failure> {
    let questionnaire = questionnaire::in_force(tx, quarter)?;
    let returns = BTreeMap::new();
    let data =
        Data { questionnaire: &questionnaire, tree: &ground.tree, values, returns: &returns };
    let mut given = BTreeMap::new();
    let mut found = Vec::new();
    for unusual in unusual_under(&data, 0, quarter) {
        let element = questionnaire.element(unusual.element);
        let alert = Alert {
            rule: unusual.against.rule().to_owned(),
            unit: unusual.unit.clone(),
            quarter,
            severity: Severity::Information,
            element: Some(unusual.element),
            left: Some(unusual.value),
            right: Some(unusual.median),
            message: element.label.clone(),
            advice: Label::default(),
        };
        if !given.contains_key(&alert.unit) {
            let answers = answers(tx, actor, ground, &alert.unit, quarter)?;
            given.insert(alert.unit.clone(), answers);
        }
        let rule = rule_id(&questionnaire, &alert);
        let mut doubt = Doubt { alert, rule, answer: None, sent_back: None };
        let answer = given.get(&doubt.alert.unit).and_then(|it| it.get(&doubt.rule));
        let holds = |it: &&Answer| it.left == doubt.left() && it.right == doubt.right();
        doubt.answer = answer.filter(holds).cloned();
        found.push(Oddity { unusual, doubt });
    }
    Ok(found)
}

/// As [`oddities_of`], on what this actor may see.
///
/// # Errors
///
/// If the store fails.
pub fn oddities(
    tx: &mut Tx<'_>,
    actor: &Actor,
    ground: &Ground,
    quarter: Quarter,
) -> Result<Vec<Oddity>, Failure> {
    let span = (first_period_of(quarter), quarter);
    let values = store::values_between(tx, actor, ground, View::Working, span)?;
    oddities_of(tx, actor, ground, &values, quarter)
}

/// Gives the reason for a figure that a rule doubts. A warning is answered by whoever enters the
/// unit's values; a figure that a blocking rule refuses is maintained only by the office that
/// closes the quarter.
///
/// # Errors
///
/// A rule of [`Refused`], or the lack of the right.
pub fn answer(
    ctx: &mut Ctx<'_, '_>,
    unit: &str,
    quarter: Quarter,
    rule: &str,
    why: &str,
) -> Result<Answer, Stop<Refused>> {
    let ground = ground_of(ctx.tx, unit, quarter)?;
    ctx.authorize(Action::EnterValues, &ground.object(unit))?;
    begun(ctx, quarter)?;
    let state = passages(ctx.tx, &ground).map_err(Failure::from)?;
    if let Some(by) = state.furthest(&ground, unit, quarter) {
        return Err(Stop::Refused(Refused::locked(quarter, by, ground.name(&by.place))));
    }
    let reason = reason(why).map_err(Stop::Refused)?;
    let mut all = doubts(ctx.tx, ctx.actor, &ground, quarter)?;
    if rule.starts_with(Against::Past.rule()) {
        // Sister communes are seen from the place that closes.
        let closer = ground.closer(unit).unwrap_or(unit).to_owned();
        let wide = ground_of(ctx.tx, &closer, quarter)?;
        let odd = oddities(ctx.tx, ctx.actor, &wide, quarter)?;
        all.extend(odd.into_iter().map(|it| it.doubt));
    }
    let doubt = all
        .into_iter()
        .find(|it| it.alert.unit == unit && it.rule == rule)
        .ok_or_else(|| Stop::Refused(Refused::NoAlert(rule.to_owned())))?;
    if doubt.alert.severity == Severity::Blocking {
        ctx.authorize(Action::CloseQuarter, &ground.object(unit))?;
    }
    let answer = Answer {
        reason,
        left: doubt.left(),
        right: doubt.right(),
        office: ctx.actor.main_office().map(|it| it.title.clone()).unwrap_or_default(),
        day: ctx.today(),
    };
    ctx.record(Fact {
        kind: ALERT_ANSWERED,
        subject: &format!("{unit}/{quarter}/{rule}"),
        audience: Audience::Local,
        scope: unit,
        reason: &answer.reason,
        payload: &AlertAnswered {
            unit: unit.to_owned(),
            quarter: quarter.to_string(),
            rule: rule.to_owned(),
            answer: answer.clone(),
        },
    })?;
    Ok(answer)
}
