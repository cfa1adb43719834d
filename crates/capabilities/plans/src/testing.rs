//! Lines and steps for the tests of the rules.

use kernel::{Date, Id};

use crate::{Line, State, Step, Tranche};

pub(crate) fn day(text: &str) -> Date {
    text.parse().unwrap()
}

pub(crate) fn line(sector: &str, year: i64, cost: Option<i64>) -> Line {
    Line {
        id: Id::mint(),
        sector: sector.to_owned(),
        objective: String::new(),
        action: "Forage équipé à Sikoro".to_owned(),
        village: None,
        years: vec![Tranche { year, cost }],
        cost,
        funding: Vec::new(),
        priority: None,
        owner: None,
        removed: false,
    }
}

pub(crate) fn step(line: &Line, state: State, on: &str) -> Step {
    Step {
        line: line.id,
        state,
        day: day(on),
        reason: String::new(),
        paid: None,
        funding: None,
        mark: String::new(),
        office: String::new(),
    }
}
