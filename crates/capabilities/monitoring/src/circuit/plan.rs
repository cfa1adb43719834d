//! The circuit as data: who takes which step for a unit, in what office, by how many days after the
//! quarter. A default ships; a nation sets its own, by dated rows.
//!
//! A row says on which levels its step is taken, the first that holds the unit: `cercle|region`
//! serves the District of Bamako, whose communes have no cercle. A row `within` a place counts
//! before one for all; among rows for the same place, the last that has begun counts. A step
//! without a row is not taken. A validation may be given to a place that does not hold the unit:
//! the office of another region.

use super::payload::CircuitSet;
use super::refused::Refused;
use crate::questionnaire::{Level, Questionnaire};
use crate::store::Stage;
use db::{DbError, Tx};
use identity::OfficeKind;
use kernel::{Failure, Quarter};
use serde::{Deserialize, Serialize};
use std::str::FromStr;
use std::sync::OnceLock;

/// The circuit that ships.
const SHIPPED: &str = include_str!("../../../../../reference/oise/circuit.csv");
/// The most rows of a plan, and the longest delay in days.
pub(super) const MOST_ROWS: usize = 60;
pub(super) const LONGEST_DELAY: i32 = 366;

/// A step of the circuit, from the ground up.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Act {
    /// The unit files its return.
    #[serde(rename = "deposer")]
    File,
    /// The quarter is closed.
    #[serde(rename = "clore")]
    Close,
    /// The quarter is validated.
    #[serde(rename = "valider")]
    Validate,
    /// The quarter is published.
    #[serde(rename = "publier")]
    Publish,
}

impl Act {
    /// All of them, from the ground up.
    pub const ALL: [Self; 4] = [Self::File, Self::Close, Self::Validate, Self::Publish];

    /// The word in files.
    pub fn word(self) -> &'static str {
        match self {
            Self::File => "deposer",
            Self::Close => "clore",
            Self::Validate => "valider",
            Self::Publish => "publier",
        }
    }

    /// The step of this stage.
    pub fn of(stage: Stage) -> Self {
        match stage {
            Stage::Closed => Self::Close,
            Stage::Validated => Self::Validate,
            Stage::Published => Self::Publish,
        }
    }

    /// The offices that have the right of this step.
    pub fn offices(self) -> &'static [OfficeKind] {
        match self {
            Self::File => &[OfficeKind::MunicipalSecretary, OfficeKind::CercleAdviser],
            Self::Close => &[OfficeKind::CercleAdviser],
            Self::Validate => &[OfficeKind::RegionalOfficer],
            Self::Publish => &[OfficeKind::NationalOfficer],
        }
    }
}

impl FromStr for Act {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        Self::ALL.into_iter().find(|it| it.word() == text).ok_or(())
    }
}

/// One row of a plan.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Step {
    /// The first quarter for which it holds, as `2025T1`; empty for all of them.
    #[serde(default)]
    pub from: String,
    /// The place in which it holds; empty for the whole country.
    #[serde(default)]
    pub within: String,
    /// The step.
    pub act: Act,
    /// The levels on which it is taken, the first that holds the unit, by their words.
    pub levels: Vec<String>,
    /// The office that takes it, by its word.
    pub office: String,
    /// Days after the last day of the quarter: a number, or the code of a parameter.
    pub delay: String,
    /// The place that takes the step though it does not hold the unit; empty if it is found by the
    /// levels.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub to: String,
}

impl Step {
    fn begun(&self, quarter: Quarter) -> bool {
        self.from.is_empty() || self.from.parse().is_ok_and(|it: Quarter| it <= quarter)
    }

    pub(super) fn first(&self) -> Option<Quarter> {
        self.from.parse().ok()
    }

    /// The days, a parameter read in the questionnaire.
    pub fn days(&self, questionnaire: &Questionnaire) -> i32 {
        if let Ok(days) = self.delay.parse() {
            return days;
        }
        let parameter = questionnaire.parameters().get(&self.delay);
        parameter.and_then(|it| i32::try_from(it.value.round().mantissa()).ok()).unwrap_or_default()
    }
}

/// What the validation of a quarter asks of blocking questions.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Demand {
    /// Nothing.
    #[serde(rename = "rien")]
    Nothing,
    /// Each has an answer.
    #[default]
    #[serde(rename = "reponse")]
    Answered,
    /// Each is settled.
    #[serde(rename = "cloture")]
    Settled,
}

impl Demand {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Nothing, Self::Answered, Self::Settled];

    /// The word in files and forms.
    pub fn word(self) -> &'static str {
        match self {
            Self::Nothing => "rien",
            Self::Answered => "reponse",
            Self::Settled => "cloture",
        }
    }
}

/// Who takes which step by when.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Plan {
    /// The rows.
    pub steps: Vec<Step>,
    /// What validation asks of blocking questions.
    #[serde(default)]
    pub questions: Demand,
}

impl Plan {
    /// The plan that ships.
    pub fn shipped() -> &'static Self {
        static PLAN: OnceLock<Plan> = OnceLock::new();
        // A test reads the shipped file, so a released program never has an empty plan.
        PLAN.get_or_init(|| Self::read(SHIPPED).unwrap_or_default())
    }

    /// A plan as its file writes it: `depuis,dans,etape,niveaux,fonction,delai,chez`. The last
    /// column may be missing; others may follow.
    ///
    /// # Errors
    ///
    /// The line that is not a row, counted from 1.
    pub fn read(text: &str) -> Result<Self, Refused> {
        let mut plan = Self::default();
        let heading: Vec<&str> = text.lines().next().unwrap_or_default().split(',').collect();
        let chez = heading.iter().position(|it| it.trim() == "chez");
        for (at, line) in text.lines().enumerate().skip(1) {
            if line.trim().is_empty() {
                continue;
            }
            let wrong = || Refused::PlanLine { line: at + 1 };
            let cells: Vec<&str> = line.split(',').map(str::trim).collect();
            let [from, within, act, levels, office, delay, ..] = cells.as_slice() else {
                return Err(wrong());
            };
            plan.steps.push(Step {
                from: (*from).to_owned(),
                within: (*within).to_owned(),
                act: act.parse().map_err(|()| wrong())?,
                levels: levels.split('|').map(str::to_owned).collect(),
                office: (*office).to_owned(),
                delay: (*delay).to_owned(),
                to: chez.and_then(|it| cells.get(it)).copied().unwrap_or_default().to_owned(),
            });
            if MOST_ROWS < plan.steps.len() {
                return Err(wrong());
            }
        }
        plan.check()?;
        Ok(plan)
    }

    /// The plan as its file writes it; [`Plan::read`] reads it back.
    pub fn write(&self) -> String {
        let mut text = "depuis,dans,etape,niveaux,fonction,delai,chez\n".to_owned();
        for it in &self.steps {
            let levels = it.levels.join("|");
            let cells =
                [&it.from, &it.within, it.act.word(), &levels, &it.office, &it.delay, &it.to];
            let cells = cells.join(",");
            text.push_str(&cells);
            text.push('\n');
        }
        text
    }

    /// Each row can be followed: its words are known, its office has the right of its step, and the
    /// quarter is closed and published somewhere.
    pub(super) fn check(&self) -> Result<(), Refused> {
        let questionnaire = Questionnaire::shipped().ok();
        for (at, it) in self.steps.iter().enumerate() {
            let is_quarter = it.from.is_empty() || it.from.parse::<Quarter>().is_ok();
            let is_place = it.within.chars().all(|it| it.is_ascii_alphanumeric() || it == '-');
            let are_levels =
                !it.levels.is_empty() && it.levels.iter().all(|it| Level::from_word(it).is_some());
            let is_office = it.act.offices().iter().any(|office| office.word() == it.office);
            let is_delay = match it.delay.parse::<i32>() {
                Ok(days) => (0..=LONGEST_DELAY).contains(&days),
                Err(_) => questionnaire.is_some_and(|q| q.parameters().contains_key(&it.delay)),
            };
            // Another place may validate; what it would close lies beyond its own forms.
            let is_to = it.to.is_empty()
                || (it.act == Act::Validate
                    && it.to.chars().all(|it| it.is_ascii_alphanumeric() || it == '-'));
            if !(is_quarter && is_place && are_levels && is_office && is_delay && is_to) {
                return Err(Refused::PlanLine { line: at + 2 });
            }
        }
        for act in [Act::Close, Act::Publish] {
            if !self.steps.iter().any(|it| it.act == act && it.within.is_empty()) {
                return Err(Refused::PlanStep { act: act.word() });
            }
        }
        Ok(())
    }

    /// The row for a step of a quarter at a unit with this path (itself first): the nearest place
    /// that has one, its last row that has begun.
    pub fn step(&self, act: Act, path: &[String], quarter: Quarter) -> Option<&Step> {
        let rows = || self.steps.iter().filter(|it| it.act == act && it.begun(quarter));
        let nearest = path.iter().find(|code| rows().any(|it| it.within == **code));
        let within = nearest.map_or("", String::as_str);
        rows().filter(|it| it.within == within).max_by_key(|it| it.first())
    }

    /// The places that take a step for units that they do not hold, each with the place of those
    /// units, whatever the quarter.
    pub fn sent_elsewhere(&self) -> impl Iterator<Item = (&str, &str)> {
        let rows = self.steps.iter().filter(|it| !it.to.is_empty());
        rows.map(|it| (it.within.as_str(), it.to.as_str()))
    }
}

/// The plan of a nation: the last that it set, or the one that ships.
///
/// # Errors
///
/// If the store fails.
pub fn plan(tx: &mut Tx<'_>, nation: &str) -> Result<Plan, Failure> {
    Ok(current(tx, nation)?.map_or_else(|| Plan::shipped().clone(), |it| it.plan))
}

/// Where circuits leave the tree, in the plans of all nations: (the place of the units, the place
/// that takes a step for them). What is written in the first also concerns the second.
///
/// # Errors
///
/// If the store fails.
pub fn sent_elsewhere(tx: &mut Tx<'_>) -> Result<Vec<(String, String)>, DbError> {
    let mut found = Vec::new();
    let rows = tx.query(include_str!("sql/plans_in_force.sql"), &[])?;
    for row in &rows {
        let set: CircuitSet = serde_json::from_slice(row.bytes("content")?)
            .map_err(|error| DbError::Unreadable(format!("a plan of the circuit: {error}")))?;
        let rows = set.plan.sent_elsewhere();
        found.extend(rows.map(|it| (it.0.to_owned(), it.1.to_owned())));
    }
    Ok(found)
}

/// The last plan that a nation set.
pub(super) fn current(tx: &mut Tx<'_>, nation: &str) -> Result<Option<CircuitSet>, Failure> {
    let rows = tx.query(include_str!("sql/plan.sql"), &[nation.into()])?;
    let Some(row) = rows.first() else { return Ok(None) };
    let content: Result<&[u8], DbError> = row.bytes("content");
    Ok(Some(serde_json::from_slice(content?).map_err(Failure::broken)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn path(codes: &[&str]) -> Vec<String> {
        codes.iter().map(|it| (*it).to_owned()).collect()
    }

    #[test]
    fn the_shipped_circuit_reads_back_what_it_writes() {
        let plan = Plan::read(SHIPPED).unwrap();
        assert_eq!(plan.steps.len(), 4);
        assert_eq!(Plan::read(&plan.write()), Ok(plan.clone()));
        assert_eq!(&plan, Plan::shipped());
        let days = |act| {
            let step = plan.step(act, &path(&["ML"]), "2024T4".parse().unwrap()).unwrap();
            step.days(Questionnaire::shipped().unwrap())
        };
        assert_eq!(Act::ALL.map(days), [15, 15, 30, 45]);
    }

    #[test]
    fn the_nearest_place_and_the_last_row_begun_count() {
        let text = "depuis,dans,etape,niveaux,fonction,delai\n\
                    ,,clore,cercle,cercle-adviser,15\n\
                    2025T1,,clore,cercle,cercle-adviser,10\n\
                    2025T3,,clore,cercle,cercle-adviser,8\n\
                    ,ML-BKO,clore,region,cercle-adviser,20\n\
                    ,,publier,national,national-officer,45\n";
        let plan = Plan::read(text).unwrap();
        let delay = |path: &[&str], quarter: &str| {
            let path = path.iter().map(|it| (*it).to_owned()).collect::<Vec<_>>();
            let step = plan.step(Act::Close, &path, quarter.parse().unwrap());
            step.map(|it| it.delay.clone()).unwrap_or_default()
        };
        let kati = ["ML020503", "ML0205", "ML02", "ML"];
        for (quarter, expected) in
            [("2024T4", "15"), ("2025T1", "10"), ("2025T2", "10"), ("2025T4", "8")]
        {
            assert_eq!(delay(&kati, quarter), expected, "{quarter}");
            assert_eq!(delay(&["ML-BKO1", "ML-BKO", "ML"], quarter), "20", "{quarter}");
        }
        let none = plan.step(Act::Validate, &path(&kati), "2025T1".parse().unwrap());
        assert_eq!(none, None, "this country has no validation");
    }

    #[test]
    fn a_row_that_nobody_could_follow_is_refused_with_its_line() {
        let head = "depuis,dans,etape,niveaux,fonction,delai,chez\n";
        for row in [
            "2025,,clore,cercle,cercle-adviser,15",
            ",a b,clore,cercle,cercle-adviser,15",
            ",,fermer,cercle,cercle-adviser,15",
            ",,clore,arrondissement,cercle-adviser,15",
            ",,clore,cercle,regional-officer,15",
            ",,clore,cercle,cercle-adviser,-1",
            ",,clore,cercle,cercle-adviser,P_RIEN",
            ",,clore,cercle,cercle-adviser,15,ML03",
            ",,valider,region,regional-officer,15,a b",
            ",,clore,cercle",
        ] {
            let refused = Plan::read(&format!("{head}{row}\n"));
            assert_eq!(refused, Err(Refused::PlanLine { line: 2 }), "{row}");
        }
        let short = format!("{head},,clore,cercle,cercle-adviser,15\n");
        assert_eq!(Plan::read(&short), Err(Refused::PlanStep { act: "publier" }));
    }
}
