//! The plan of an example commune as facts, for a post that opens on it. All of it is **invented**.

use std::collections::BTreeMap;

use journal::{Audience, Draft};
use kernel::{Date, Id};
use serde::Serialize;

use crate::table::rows;
use crate::{Adoption, Ground, LINE_FOLLOWED, Line, PLAN_WRITTEN, Plan, Step, TypedStep, Written};

const PLAN: (&str, &[u8]) =
    ("example_plan.csv", include_bytes!("../../../../reference/plans/example_plan.csv"));
const STEPS: (&str, &str) =
    ("example_steps.csv", include_str!("../../../../reference/plans/example_steps.csv"));
const COMMUNE: &str = "EX-C1";
const OFFICE: &str = "programme";

/// The shipped example cannot be told. A test tells it, so a released program never says this.
#[derive(Debug, thiserror::Error)]
pub enum ExampleError {
    /// A line of a file.
    #[error("{file}, line {line}: {what}")]
    Line {
        /// The file.
        file: &'static str,
        /// The line.
        line: usize,
        /// What is wrong.
        what: String,
    },
    /// The file of the plan.
    #[error(transparent)]
    Table(#[from] crate::TableRefused),
    /// The facts.
    #[error(transparent)]
    Json(#[from] serde_json::Error),
}

/// An identifier that every post gives to the same part of the example.
fn id(part: &str) -> Id {
    let hash = blake3::hash(format!("{}/{part}", PLAN.0).as_bytes());
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&hash.as_bytes()[..16]);
    Id::from_hash(bytes)
}

/// The facts that make a post hold the plan: written and adopted, then followed until the end of
/// 2024. They are local, as all shipped content, and never travel.
///
/// # Errors
///
/// If the shipped files are not what the program expects.
pub fn example(now_millis: i64) -> Result<Vec<Draft>, ExampleError> {
    let day = Date::new(2023, 1, 20).unwrap_or(Date::from_millis(now_millis));
    let plan = Plan {
        id: id("plan"),
        commune: COMMUNE.to_owned(),
        title: "PDSEC 2023-2027 (exemple inventé)".to_owned(),
        first: 2023,
        last: 2027,
        revises: None,
        invented: true,
        adoption: Some(Adoption {
            day,
            number: "03/CE-2023".to_owned(),
            document: "Registre des délibérations de la commune d’exemple 1".to_owned(),
            hash: String::new(),
        }),
    };
    let ground = Ground { plan: plan.clone(), villages: Vec::new(), owners: Vec::new() };
    let mut by_rank: BTreeMap<i64, Line> = BTreeMap::new();
    for row in rows(PLAN.1, PLAN.0)? {
        let wrong =
            |what: String| ExampleError::Line { file: PLAN.0, line: row.line as usize, what };
        let line = row
            .typed()
            .read(&ground, id(row.cell("priorite")))
            .map_err(|it| wrong(format!("{:?}", it.0)))?;
        let rank = line.priority.ok_or_else(|| wrong("no priority".to_owned()))?;
        by_rank.insert(rank, line);
    }
    let written = Written { plan, lines: by_rank.values().cloned().collect() };
    let subject = written.plan.id.to_string();
    let mut drafts = vec![draft(now_millis, PLAN_WRITTEN, &subject, "", &written)?];
    for step in steps(&by_rank, Date::from_millis(now_millis))? {
        let reason = step.reason.clone();
        drafts.push(draft(now_millis, LINE_FOLLOWED, &subject, &reason, &step)?);
    }
    Ok(drafts)
}

fn steps(by_rank: &BTreeMap<i64, Line>, today: Date) -> Result<Vec<Step>, ExampleError> {
    let mut out = Vec::new();
    for (at, line) in STEPS.1.lines().enumerate().skip(1) {
        let wrong = |what: String| ExampleError::Line { file: STEPS.0, line: at + 1, what };
        let cells: Vec<&str> = line.splitn(6, ',').collect();
        let [rank, state, day, paid, funding, reason] = cells.as_slice() else {
            return Err(wrong("six cells".to_owned()));
        };
        let line = rank.parse().ok().and_then(|it: i64| by_rank.get(&it));
        let line = line.ok_or_else(|| wrong("no such line".to_owned()))?;
        let typed = TypedStep {
            state: (*state).to_owned(),
            day: (*day).to_owned(),
            paid: (*paid).to_owned(),
            funding: (*funding).to_owned(),
            reason: (*reason).to_owned(),
        };
        out.push(typed.read(line.id, today).map_err(|it| wrong(format!("{:?}", it.0)))?);
    }
    Ok(out)
}

fn draft(
    at_millis: i64,
    kind: &str,
    subject: &str,
    reason: &str,
    payload: &impl Serialize,
) -> Result<Draft, serde_json::Error> {
    Ok(Draft {
        audience: Audience::Local,
        scope: COMMUNE.to_owned(),
        person: "programme".to_owned(),
        office: OFFICE.to_owned(),
        reason: reason.to_owned(),
        kind: kind.to_owned(),
        subject: subject.to_owned(),
        payload: serde_json::to_vec(payload)?,
        at_millis,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::day;
    use crate::{Figures, Funding, Scope, State};

    /// What OISE's own example says of the same commune and years, summed here by hand.
    #[test]
    fn the_example_agrees_with_that_of_monitoring() {
        let drafts = example(day("2026-01-01").to_millis()).unwrap();
        let written: Written = serde_json::from_slice(&drafts[0].payload).unwrap();
        let mut steps = crate::Steps::new();
        for draft in &drafts[1..] {
            let step: Step = serde_json::from_slice(&draft.payload).unwrap();
            steps.entry(step.line).or_default().push(step);
        }
        for it in steps.values_mut() {
            it.sort_by_key(|it| it.day);
        }
        for (year, lines, done, cost, paid, anict) in [
            (2023, 12, 6, 52_624_000, 27_747_199, 6_104_384),
            (2024, 16, 8, 54_202_720, 28_579_615, 6_287_516),
        ] {
            let last = Date::new(year, 12, 31).unwrap();
            let scope = Scope { year: Some(i64::from(year)), day: last };
            let it = Figures::of(&written.lines, &steps, scope);
            assert_eq!((it.lines, it.count(State::Done)), (lines, done), "{year}");
            assert_eq!((it.costed, it.cost), (lines, cost), "{year}");
            // Payments on lines of other years are in the sums by year of the commune only.
            assert_eq!(it.paid_by[&Funding::Anict], anict, "{year}");
            assert_eq!(it.paid, paid, "{year}");
        }
    }
}
