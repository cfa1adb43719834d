//! When an element or an option is asked: an old quarter keeps the cells that it had.

use kernel::Quarter;

/// The quarters in which something is part of the questionnaire.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Life(
    // From the first quarter (from the beginning if there is none) to before the second; without
    // any span, always.
    Vec<(Option<Quarter>, Option<Quarter>)>,
);

impl Life {
    /// The life of what is in some of the editions that follow each other: for each edition its
    /// first quarter (`None` for the first of all) and whether it holds the thing.
    pub(crate) fn of(editions: impl Iterator<Item = (Option<Quarter>, bool)>) -> Self {
        let mut spans: Vec<(Option<Quarter>, Option<Quarter>)> = Vec::new();
        let (mut open, mut always) = (false, true);
        for (from, held) in editions {
            match (open, held) {
                (false, true) => spans.push((from, None)),
                (true, false) => {
                    if let Some(last) = spans.last_mut() {
                        last.1 = from;
                    }
                }
                _ => {}
            }
            always &= held;
            open = held;
        }
        if always { Self::default() } else { Self(spans) }
    }

    /// Whether it is asked in every quarter.
    pub fn is_endless(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether it is asked in a quarter.
    pub fn holds(&self, quarter: Quarter) -> bool {
        let within = |(from, until): &(Option<Quarter>, Option<Quarter>)| {
            from.is_none_or(|it| it <= quarter) && until.is_none_or(|it| quarter < it)
        };
        self.0.is_empty() || self.0.iter().any(within)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_life_begins_ends_and_may_begin_again() {
        let quarter = |it: &str| -> Quarter { it.parse().unwrap() };
        let from = |it: &str| Some(quarter(it));
        for (held, expected) in [
            ([true, true, true], [true, true, true]),
            ([true, false, false], [true, false, false]),
            ([false, true, true], [false, true, true]),
            ([true, false, true], [true, false, true]),
            ([false, true, false], [false, true, false]),
        ] {
            let starts = [None, from("2025T1"), from("2026T1")];
            let life = Life::of(starts.into_iter().zip(held));
            let seen = ["2024T4", "2025T2", "2026T3"].map(|it| life.holds(quarter(it)));
            assert_eq!(seen, expected, "{held:?}");
        }
    }
}
