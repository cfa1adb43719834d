//! The nouns of a plan: its years, its lines, what became of them.

use std::fmt;
use std::str::FromStr;

use kernel::{Date, Id};
use serde::{Deserialize, Serialize};

/// A plan de développement (PDSEC, also written PDESC) of a commune.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Plan {
    /// Its identifier.
    pub id: Id,
    /// The commune, by its code in the territory.
    pub commune: String,
    /// Its title.
    pub title: String,
    /// Its first year.
    pub first: i64,
    /// Its last year, included.
    pub last: i64,
    /// The plan that it revises.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub revises: Option<Id>,
    /// Written for an example.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub invented: bool,
    /// How it was adopted; absent while it is a project.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub adoption: Option<Adoption>,
}

impl Plan {
    /// Its years, in order.
    pub fn years(&self) -> std::ops::RangeInclusive<i64> {
        self.first..=self.last
    }

    /// Whether it was adopted by a day and covers its year.
    pub fn is_in_force_on(&self, day: Date) -> bool {
        self.years().contains(&i64::from(day.year()))
            && self.adoption.as_ref().is_some_and(|it| it.day <= day)
    }
}

/// The plan in force among those of one commune on a day: the one that was adopted last.
pub fn in_force(plans: &[Plan], day: Date) -> Option<&Plan> {
    let adopted = |it: &&Plan| (it.adoption.as_ref().map(|it| it.day), it.id);
    plans.iter().filter(|it| it.is_in_force_on(day)).max_by_key(adopted)
}

/// The deliberation that adopted a plan.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Adoption {
    /// The day of the deliberation.
    pub day: Date,
    /// Its number.
    pub number: String,
    /// Where the document is kept; may be empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub document: String,
    /// The BLAKE3 hash of the document, in hexadecimal; may be empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub hash: String,
}

/// A line of a plan: one action.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    /// Its identifier, kept from one version of a plan to the next.
    pub id: Id,
    /// The sector, by its code.
    pub sector: String,
    /// The objective (axis) that it serves; may be empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub objective: String,
    /// What is to be done.
    pub action: String,
    /// The village, by its code; absent for the whole commune.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub village: Option<String>,
    /// The years planned, in order.
    pub years: Vec<Tranche>,
    /// What it is to cost in all, in francs CFA; absent if nobody has said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cost: Option<i64>,
    /// Where the money is to come from.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub funding: Vec<Funding>,
    /// Its rank: 1 comes first.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub priority: Option<i64>,
    /// The syndicat that carries it out; absent for the commune itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub owner: Option<Id>,
    /// Struck out: written by mistake, or left out by a revision.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub removed: bool,
}

impl Line {
    /// Whether something is planned for a year.
    pub fn is_planned_in(&self, year: i64) -> bool {
        self.years.iter().any(|it| it.year == year)
    }

    /// What it is to cost in a year: nothing if it is not planned then, or if its cost is not told
    /// year by year.
    pub fn cost_in(&self, year: i64) -> Option<i64> {
        self.years.iter().find(|it| it.year == year)?.cost
    }

    /// Whether two lines say the same thing, whatever their identifiers.
    pub fn says_the_same(&self, other: &Self) -> bool {
        Self { id: other.id, ..self.clone() } == *other
    }
}

/// A year of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Tranche {
    /// The year.
    pub year: i64,
    /// Its cost in francs CFA; absent if nobody has said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cost: Option<i64>,
}

macro_rules! words {
    ($(#[$about:meta])* $name:ident, $error:ident, $count:literal, $($(#[$doc:meta])* $variant:ident = $word:literal),+) => {
        $(#[$about])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub enum $name {
            $($(#[$doc])* #[serde(rename = $word)] $variant),+
        }

        impl $name {
            /// All of them, in the order of lists.
            pub const ALL: [Self; $count] = [$(Self::$variant),+];

            /// The word stored, also the end of its key in the catalogues.
            pub fn word(self) -> &'static str {
                match self { $(Self::$variant => $word),+ }
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(self.word())
            }
        }

        /// The word is not one of the list.
        #[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
        #[error("not a word of the list: {0:?}")]
        pub struct $error(pub String);

        impl FromStr for $name {
            type Err = $error;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                let found = Self::ALL.into_iter().find(|it| it.word() == text);
                found.ok_or_else(|| $error(text.to_owned()))
            }
        }
    };
}

words!(
    /// Where money comes from: the list ORIGINE_FIN of OISE.
    Funding, ParseFundingError, 10,
    /// The commune's own resources.
    Own = "PROP",
    /// The State, apart from ANICT.
    State = "ETAT",
    /// ANICT, drawing rights.
    Anict = "ANICT",
    /// A partner local government.
    Partner = "PART",
    /// Bilateral cooperation.
    Bilateral = "BILA",
    /// Multilateral cooperation.
    Multilateral = "MULT",
    /// NGOs and foundations.
    Ngo = "ONG",
    /// The diaspora.
    Diaspora = "DIAS",
    /// The people who benefit.
    People = "POP",
    /// Another source.
    Other = "AUT"
);

words!(
    /// Where a line stands.
    State, ParseStateError, 4,
    /// Nothing has begun.
    Planned = "prevue",
    /// Work is under way.
    UnderWay = "en-cours",
    /// Finished and received.
    Done = "realisee",
    /// Given up, for a reason.
    GivenUp = "abandonnee"
);

/// What became of a line on a day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Step {
    /// The line.
    pub line: Id,
    /// Where it stands from that day on.
    pub state: State,
    /// The day.
    pub day: Date,
    /// Why; needed to give up.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub reason: String,
    /// What was paid with this step, in francs CFA; absent if nothing is said of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub paid: Option<i64>,
    /// Where that money came from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub funding: Option<Funding>,
    /// The entry that recorded it; empty on the way to the journal.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub mark: String,
    /// The office of who recorded it; empty on the way to the journal.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub office: String,
}

/// Where a line stands on a day, by its steps from the oldest.
pub fn state_on(steps: &[Step], day: Date) -> State {
    steps.iter().rfind(|it| it.day <= day).map_or(State::Planned, |it| it.state)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Date {
        text.parse().unwrap()
    }

    fn plan(first: i64, last: i64, adopted: Option<&str>) -> Plan {
        Plan {
            id: Id::mint(),
            commune: "ML020503".to_owned(),
            title: "PDSEC".to_owned(),
            first,
            last,
            revises: None,
            invented: false,
            adoption: adopted.map(|it| Adoption {
                day: day(it),
                number: "12".to_owned(),
                document: String::new(),
                hash: String::new(),
            }),
        }
    }

    #[test]
    fn the_plan_in_force_is_the_one_adopted_last() {
        let plans = [
            plan(2016, 2020, Some("2016-02-01")),
            plan(2021, 2025, Some("2021-03-15")),
            plan(2021, 2025, Some("2023-06-30")),
            plan(2021, 2025, None),
        ];
        for (on, expected) in [
            ("2015-12-31", None),
            ("2016-01-31", None),
            ("2016-02-01", Some(0)),
            ("2020-12-31", Some(0)),
            // The new one is not adopted yet, and the old one is over.
            ("2021-01-01", None),
            ("2021-03-15", Some(1)),
            ("2023-06-29", Some(1)),
            ("2023-06-30", Some(2)),
            ("2025-12-31", Some(2)),
            ("2026-01-01", None),
        ] {
            let found = in_force(&plans, day(on)).map(|it| it.id);
            assert_eq!(found, expected.map(|at: usize| plans[at].id), "{on}");
        }
    }

    #[test]
    fn a_line_stands_where_its_last_step_left_it() {
        let line = Id::mint();
        let step = |state, on| Step {
            line,
            state,
            day: day(on),
            reason: String::new(),
            paid: None,
            funding: None,
            mark: String::new(),
            office: String::new(),
        };
        let steps = [step(State::UnderWay, "2024-02-10"), step(State::Done, "2024-11-05")];
        for (on, expected) in [
            ("2024-02-09", State::Planned),
            ("2024-02-10", State::UnderWay),
            ("2024-11-04", State::UnderWay),
            ("2024-11-05", State::Done),
        ] {
            assert_eq!(state_on(&steps, day(on)), expected, "{on}");
        }
        assert_eq!(state_on(&[], day("2024-01-01")), State::Planned);
    }

    #[test]
    fn every_word_reads_back_what_it_writes() {
        for it in State::ALL {
            assert_eq!(it.to_string().parse(), Ok(it));
            assert_eq!(serde_json::to_string(&it).unwrap(), format!("\"{it}\""));
        }
        for it in Funding::ALL {
            assert_eq!(it.to_string().parse(), Ok(it));
        }
        assert!("finie".parse::<State>().is_err());
    }
}
