//! How far a plan has come: counted over its lines, never averaged.

use std::collections::BTreeMap;

use kernel::{Date, Decimal, Id};

use crate::{Funding, Line, State, Step, state_on};

/// The steps of lines, oldest first, by line.
pub type Steps = BTreeMap<Id, Vec<Step>>;

/// What lines add up to. What nobody has said is not counted as zero: each sum says over how many
/// lines it was made.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Figures {
    /// How many lines.
    pub lines: i64,
    /// How many of them stand where, in the order of [`State::ALL`].
    pub by_state: [i64; 4],
    /// How many have a known cost.
    pub costed: i64,
    /// The sum of the known costs, in francs CFA.
    pub cost: i64,
    /// Of how many a payment was told.
    pub paid_lines: i64,
    /// The sum of what was paid, in francs CFA.
    pub paid: i64,
    /// What was paid, by source. Payments without a source are in no line of it.
    pub paid_by: BTreeMap<Funding, i64>,
}

/// What is looked at: the whole plan, or one year of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Scope {
    /// The year; absent for the whole plan.
    pub year: Option<i64>,
    /// The day on which it is looked at.
    pub day: Date,
}

impl Figures {
    /// The figures of these lines. Lines struck out, or not planned for the year, are left out.
    pub fn of<'a>(lines: impl IntoIterator<Item = &'a Line>, steps: &Steps, scope: Scope) -> Self {
        let mut out = Self::default();
        for line in lines {
            out.add(line, steps.get(&line.id).map_or(&[], Vec::as_slice), scope);
        }
        out
    }

    fn add(&mut self, line: &Line, steps: &[Step], Scope { year, day }: Scope) {
        if line.removed || year.is_some_and(|it| !line.is_planned_in(it)) {
            return;
        }
        self.lines += 1;
        let state = state_on(steps, day);
        if let Some(at) = State::ALL.iter().position(|it| *it == state) {
            self.by_state[at] += 1;
        }
        let cost = match year {
            Some(year) => line.cost_in(year),
            None => line.cost,
        };
        if let Some(cost) = cost {
            self.costed += 1;
            self.cost += cost;
        }
        let mut told = false;
        for step in steps.iter().filter(|it| it.day <= day) {
            let Some(paid) = step.paid else { continue };
            if year.is_some_and(|it| it != i64::from(step.day.year())) {
                continue;
            }
            told = true;
            self.paid += paid;
            if let Some(funding) = step.funding {
                *self.paid_by.entry(funding).or_default() += paid;
            }
        }
        self.paid_lines += i64::from(told);
    }

    /// These figures and those.
    #[must_use]
    pub fn and(mut self, other: &Self) -> Self {
        self.lines += other.lines;
        for (own, more) in self.by_state.iter_mut().zip(other.by_state) {
            *own += more;
        }
        self.costed += other.costed;
        self.cost += other.cost;
        self.paid_lines += other.paid_lines;
        self.paid += other.paid;
        for (funding, paid) in &other.paid_by {
            *self.paid_by.entry(*funding).or_default() += paid;
        }
        self
    }

    /// How many lines stand there.
    pub fn count(&self, state: State) -> i64 {
        let at = State::ALL.iter().position(|it| *it == state);
        at.map_or(0, |at| self.by_state[at])
    }

    /// Lines done over lines planned, in percent; nothing over no line.
    pub fn rate_by_number(&self) -> Option<Decimal> {
        percent(self.count(State::Done), self.lines)
    }

    /// Paid over planned, in percent; nothing if no payment was told or nothing was to be paid.
    pub fn rate_by_cost(&self) -> Option<Decimal> {
        if self.paid_lines == 0 { None } else { percent(self.paid, self.cost) }
    }
}

/// A part in percent, to one decimal, halves away from zero.
pub fn percent(part: i64, whole: i64) -> Option<Decimal> {
    if whole <= 0 {
        return None;
    }
    let (part, whole) = (i128::from(part), i128::from(whole));
    let tenths = (part * 2000 + whole) / (2 * whole);
    i64::try_from(tenths).ok().map(|it| Decimal::new(it, 1))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::testing::{day, line, step};

    #[test]
    fn rates_are_made_of_their_components() {
        // Three wells and a school: counted by hand.
        let mut wells = [line("HYD", 2024, Some(8_000_000)), line("HYD", 2024, Some(4_000_000))];
        wells[1].years[0].year = 2025;
        let school = line("EDU", 2024, None);
        let mut struck = line("EDU", 2024, Some(99_000_000));
        struck.removed = true;
        let lines = [wells[0].clone(), wells[1].clone(), school.clone(), struck];
        let mut steps = Steps::new();
        let mut paid = step(&lines[0], State::UnderWay, "2024-03-01");
        (paid.paid, paid.funding) = (Some(3_000_000), Some(Funding::Anict));
        let mut done = step(&lines[0], State::Done, "2024-10-02");
        done.paid = Some(4_500_000);
        steps.insert(lines[0].id, vec![paid, done]);
        let all = |year, on| Figures::of(&lines, &steps, Scope { year, day: day(on) });

        let whole = all(None, "2024-12-31");
        assert_eq!((whole.lines, whole.costed, whole.cost), (3, 2, 12_000_000));
        assert_eq!((whole.paid_lines, whole.paid), (1, 7_500_000));
        assert_eq!(whole.rate_by_number(), Some("33.3".parse().unwrap()));
        assert_eq!(whole.rate_by_cost(), Some("62.5".parse().unwrap()));
        assert_eq!(whole.paid_by, BTreeMap::from([(Funding::Anict, 3_000_000)]));

        let year = all(Some(2024), "2024-06-30");
        assert_eq!((year.lines, year.costed, year.cost, year.paid), (2, 1, 8_000_000, 3_000_000));
        assert_eq!(year.count(State::UnderWay), 1);
        assert_eq!(year.rate_by_number(), Some("0.0".parse().unwrap()));

        let later = all(Some(2025), "2025-12-31");
        assert_eq!((later.lines, later.cost, later.paid_lines), (1, 4_000_000, 0));
        assert_eq!(later.rate_by_cost(), None, "nothing told is not zero");
        assert_eq!(all(Some(2026), "2026-12-31").rate_by_number(), None);
    }

    #[test]
    fn halves_go_away_from_zero() {
        for (part, whole, expected) in
            [(1, 3, "33.3"), (2, 3, "66.7"), (1, 2000, "0.1"), (0, 5, "0.0"), (5, 5, "100.0")]
        {
            assert_eq!(percent(part, whole), Some(expected.parse().unwrap()), "{part}/{whole}");
        }
        assert_eq!(percent(1, 0), None);
    }

    proptest! {
        /// The figures of two communes together are those of all their lines at once.
        #[test]
        fn figures_add_up(costs in proptest::collection::vec(proptest::option::of(0i64..1_000_000_000), 0..20), cut in 0usize..20) {
            let lines: Vec<Line> = costs.iter().map(|it| line("SAN", 2024, *it)).collect();
            let mut steps = Steps::new();
            for it in lines.iter().step_by(3) {
                let mut done = step(it, State::Done, "2024-05-05");
                done.paid = it.cost;
                steps.insert(it.id, vec![done]);
            }
            let scope = Scope { year: Some(2024), day: day("2024-12-31") };
            let (one, other) = lines.split_at(cut.min(lines.len()));
            let apart = Figures::of(one, &steps, scope).and(&Figures::of(other, &steps, scope));
            prop_assert_eq!(apart, Figures::of(&lines, &steps, scope));
        }
    }
}
