//! The worked example as facts, for a post that opens on it. All of it is **invented**.

use super::alerts::{Doubt, rule_id};
use super::file::{content, in_force};
use crate::aggregation::{Data, Tree, TreeError};
use crate::control;
use crate::questionnaire::{ContentError, Level, Questionnaire, Severity};
use crate::store::{
    Answer, QUARTER_CLOSED, QUARTER_PUBLISHED, QUARTER_VALIDATED, QuarterPassed, RETURN_FILED,
    Remark,
};
use crate::values::{Values, example as shipped, read_file};
use journal::{Audience, Draft};
use kernel::{Failure, Quarter};
use serde::Serialize;
use std::collections::BTreeMap;

/// The places above the example's cercle, as the territory's own example names them.
const REGION: &str = "EX-REGION";
const NATION: &str = "EX-NATION";
/// The first quarter that has values, and the last.
const FIRST: (u16, u8) = (2023, 1);
const LAST: (u16, u8) = (2024, 4);
/// The days after a quarter on which the example files, closes, validates and publishes.
const FILED: i32 = 9;
const CLOSED: i32 = 12;
const VALIDATED: i32 = 24;
const PUBLISHED: i32 = 38;
const REASON: &str = "Exemple inventé\u{a0}: anomalie placée à dessein, chiffre maintenu.";
const OFFICE: &str = "programme";

/// The shipped example cannot be told. A test tells it, so a released program never says this.
#[derive(Debug, thiserror::Error)]
pub enum ExampleError {
    /// The questionnaire or the values.
    #[error(transparent)]
    Content(#[from] ContentError),
    /// The units.
    #[error(transparent)]
    Tree(#[from] TreeError),
    /// A line of the units.
    #[error("example_units.csv, line {0}")]
    Unit(usize),
    /// The facts.
    #[error(transparent)]
    Json(#[from] serde_json::Error),
    /// A quarter or a return.
    #[error(transparent)]
    Failure(#[from] Failure),
}

/// The facts that make a post hold the whole example: each quarter up to 2024T4 filed, closed,
/// validated and published, 2025T1 open. They are local, as all shipped content, and never travel.
/// Journal the territory's own example first.
///
/// # Errors
///
/// If the shipped files are not what the program expects.
pub fn example(now_millis: i64) -> Result<Vec<Draft>, ExampleError> {
    facts(now_millis, LAST)
}

/// The example without its last quarter, which is left for a person to key in or import: filed,
/// closed, validated and published up to 2024T3.
///
/// # Errors
///
/// If the shipped files are not what the program expects.
pub fn exercise(now_millis: i64) -> Result<Vec<Draft>, ExampleError> {
    facts(now_millis, (LAST.0, LAST.1 - 1))
}

fn facts(now_millis: i64, (year, number): (u16, u8)) -> Result<Vec<Draft>, ExampleError> {
    let questionnaire = Questionnaire::shipped().map_err(Clone::clone)?;
    let (units, cercle) = units()?;
    let tree = units.iter().map(|(code, level, above)| (*code, *level, *above));
    let tree = Tree::new(tree)?;
    let mut values = Values::default();
    for it in read_file(questionnaire, "example_values.csv", shipped::VALUES)? {
        values.set(&it.unit, it.period, it.cell, it.value);
    }
    let quarter = |(year, number)| Quarter::new(year, number).ok_or(Failure::NotFound);
    let (mut at, last) = (quarter(FIRST)?, quarter((year, number))?);
    let mut facts = Facts { now_millis, drafts: Vec::new() };
    while at <= last {
        let returns = BTreeMap::new();
        let data = Data { questionnaire, tree: &tree, values: &values, returns: &returns };
        let doubts: Vec<Doubt> = control::run_under(&data, 0, at)
            .into_iter()
            .map(|alert| {
                let rule = rule_id(questionnaire, &alert);
                let mut doubt = Doubt { rule, alert, answer: None, sent_back: None };
                if doubt.alert.severity != Severity::Information {
                    doubt.answer = Some(Answer {
                        reason: REASON.to_owned(),
                        left: doubt.left(),
                        right: doubt.right(),
                        office: OFFICE.to_owned(),
                        day: at.last_day().plus_days(CLOSED),
                    });
                }
                doubt
            })
            .collect();
        for unit in tree.units() {
            let day = at.last_day().plus_days(FILED);
            let answers = in_force(&doubts, &unit.code);
            let of = (unit.code.as_str(), unit.level);
            let it = content(questionnaire, &values, of, at, day, (&Remark::new(), answers))?;
            facts.add(RETURN_FILED, (&unit.code, at), &it)?;
        }
        let all: Vec<String> = tree.units().iter().map(|it| it.code.clone()).collect();
        facts.pass(QUARTER_CLOSED, (cercle, at), CLOSED, all)?;
        facts.pass(QUARTER_VALIDATED, (REGION, at), VALIDATED, vec![cercle.to_owned()])?;
        facts.pass(QUARTER_PUBLISHED, (NATION, at), PUBLISHED, vec![REGION.to_owned()])?;
        at = at.plus(1);
    }
    Ok(facts.drafts)
}

type Units = Vec<(&'static str, Level, Option<&'static str>)>;

/// The units of the example, and its cercle.
fn units() -> Result<(Units, &'static str), ExampleError> {
    let mut units = Vec::new();
    let mut cercle = None;
    for (at, line) in shipped::UNITS.lines().enumerate().skip(1) {
        let wrong = || ExampleError::Unit(at + 1);
        let cells: Vec<&str> = line.split(',').collect();
        let [code, _, level, above] = cells.as_slice() else { return Err(wrong()) };
        let level = Level::from_word(level).ok_or_else(wrong)?;
        if level == Level::Cercle {
            cercle = Some(*code);
        }
        units.push((*code, level, Some(*above).filter(|it| !it.is_empty())));
    }
    Ok((units, cercle.ok_or(ExampleError::Unit(1))?))
}

struct Facts {
    now_millis: i64,
    drafts: Vec<Draft>,
}

impl Facts {
    fn add(
        &mut self,
        kind: &str,
        (place, quarter): (&str, Quarter),
        payload: &impl Serialize,
    ) -> Result<(), serde_json::Error> {
        self.drafts.push(Draft {
            audience: Audience::Local,
            scope: place.to_owned(),
            person: "programme".to_owned(),
            office: OFFICE.to_owned(),
            reason: String::new(),
            kind: kind.to_owned(),
            subject: format!("{place}/{quarter}"),
            payload: serde_json::to_vec(payload)?,
            at_millis: self.now_millis,
        });
        Ok(())
    }

    fn pass(
        &mut self,
        kind: &str,
        (place, quarter): (&str, Quarter),
        days: i32,
        received: Vec<String>,
    ) -> Result<(), serde_json::Error> {
        let passed = QuarterPassed {
            under: None,
            place: place.to_owned(),
            quarter: quarter.to_string(),
            day: quarter.last_day().plus_days(days),
            received,
            missing: Vec::new(),
            covers: BTreeMap::new(),
        };
        self.add(kind, (place, quarter), &passed)
    }
}
